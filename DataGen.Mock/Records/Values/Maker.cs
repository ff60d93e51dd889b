namespace DataGen.Mock.Records.Values;

/// <summary>Makes a value of a record: null, a string, bool, long, decimal or JsonElement, a list of such, or a
/// <see cref="Members"/>.</summary>
internal delegate object? Maker(RecordContext record);
