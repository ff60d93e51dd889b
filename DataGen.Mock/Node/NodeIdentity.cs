namespace DataGen.Mock.Node;

/// <summary>Who a node says it is, in the metadata of every answer.</summary>
internal sealed record NodeIdentity(string Address, string Alias, string EthAddress)
{
    public const string Network = "devnet";

    public const string Version = "2.10.370";

    /// <summary>The node behind the root.</summary>
    public static NodeIdentity Main { get; } =
        new(
            "0xai_AmockDataGenNode1000000000000000000000000000",
            "datagen-mock",
            "0x00000000000000000000000000000000000000d1"
        );

    /// <summary>The node behind <c>/replica</c>.</summary>
    public static NodeIdentity Replica { get; } =
        new(
            "0xai_AmockDataGenNode2000000000000000000000000000",
            "datagen-mock-replica",
            "0x00000000000000000000000000000000000000d2"
        );
}
