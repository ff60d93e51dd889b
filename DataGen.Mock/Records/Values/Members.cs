namespace DataGen.Mock.Records.Values;

/// <summary>The members of an object, in their order.</summary>
internal sealed class Members : List<KeyValuePair<string, object?>>;
