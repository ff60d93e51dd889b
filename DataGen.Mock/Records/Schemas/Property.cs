using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>A member of the objects that a schema describes.</summary>
/// <param name="Bounds">Of its value, where it is a number.</param>
internal sealed record Property(string Name, FieldSpec Field, SchemaBounds Bounds, bool IsRequired, Maker Make);
