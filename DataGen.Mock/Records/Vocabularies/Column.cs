using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Vocabularies;

/// <summary>A column of a topic's table.</summary>
/// <param name="Name">The first of its names.</param>
/// <param name="Names">Matches the fields that the column fills.</param>
/// <param name="IsProse">It holds sentences.</param>
/// <param name="IsList">Its cells are lists, parted by commas.</param>
internal sealed record Column(string Name, Regex Names, bool IsProse, bool IsList);
