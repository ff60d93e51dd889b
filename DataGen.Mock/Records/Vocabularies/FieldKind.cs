using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Vocabularies;

/// <summary>How the values of a field are made, by its name: a line of <c>fields.txt</c>.</summary>
/// <param name="Names">Matches the words of the field's name.</param>
/// <param name="Source">What makes the values: <c>whole</c>, <c>list</c>, <c>email</c> …</param>
/// <param name="Arguments">What the source needs to know, such as bounds.</param>
internal sealed record FieldKind(Regex Names, string Source, string[] Arguments);
