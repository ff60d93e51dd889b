using DataGen.Ratio1.Http;

namespace DataGen.Ratio1.CStore;

/// <summary>Where a node's CStore is (31234 is its own default port, edge_node cstore_manager_api.py) and how patient its
/// client should be.</summary>
public sealed record CStoreOptions : NodeOptions
{
    /// <summary>A node blocks a write until one peer has confirmed it, 30 s at worst, and every other call waits behind
    /// it: so the deadline is 45 s.</summary>
    public CStoreOptions() => Deadline = TimeSpan.FromSeconds(45);

    /// <summary>
    /// The addresses (<c>0xai_…</c>) of the nodes that every write is also sent to. A node passes a write on only to
    /// oracles, to its own configured peers and to these, so an app on several nodes must name its nodes here
    /// (naeural_core chain_store_base.py).
    /// </summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>How often a read is repeated after a transport error, 408, 429 or 5xx. Zero: never.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>How often a write is repeated after the same failures; writing the same value twice does no harm. An
    /// unconfirmed write is left to the caller.</summary>
    public int WriteRetries { get; init; } = 2;
}
