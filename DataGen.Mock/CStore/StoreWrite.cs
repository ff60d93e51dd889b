namespace DataGen.Mock.CStore;

/// <summary>A write on its way to the database.</summary>
/// <param name="Node">The node it was made at.</param>
/// <param name="Key">The plain key.</param>
/// <param name="Value">JSON; null removes the key.</param>
/// <param name="Stays">The other node does not get it.</param>
internal sealed record StoreWrite(StoreNode Node, string Key, byte[]? Value, bool Stays);
