using DataGen.Ratio1.Http;

namespace DataGen.Ratio1.CStore;

/// <summary>The address of a node's CStore (31234 is its own default port, edge_node cstore_manager_api.py), and the
/// deadlines and retries of its client.</summary>
public sealed record CStoreOptions : NodeOptions
{
    /// <summary>Sets the deadline to 45 s: a node blocks a write until one peer has confirmed it, which takes up to 30
    /// s, and every other call waits for it.</summary>
    public CStoreOptions()
        : base(TimeSpan.FromSeconds(45)) { }

    /// <summary>
    /// The addresses (<c>0xai_…</c>) of the nodes that every write is also sent to. A node passes a write on only to
    /// oracles, to its own configured peers and to these, so an app on several nodes must name its nodes here
    /// (naeural_core chain_store_base.py).
    /// </summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>How often a read is repeated after a transport error, 408, 429 or 5xx; 0: never.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>How often a write is repeated after the same failures; writing the same value twice is harmless. An
    /// unconfirmed write is reported to the caller.</summary>
    public int WriteRetries { get; init; } = 2;
}
