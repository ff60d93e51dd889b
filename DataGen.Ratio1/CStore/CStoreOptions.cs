namespace DataGen.Ratio1.CStore;

/// <summary>Where a node's CStore is and how patient its client should be.</summary>
public sealed record CStoreOptions
{
    /// <summary>The base address, for example <c>http://10.0.0.5:31234</c>; 31234 is a node's own default port
    /// (edge_node cstore_manager_api.py). A user and password in
    /// it are sent along (Basic), for a node behind a proxy that asks for them.</summary>
    public required Uri Address { get; init; }

    /// <summary>
    /// The addresses (<c>0xai_…</c>) of the nodes that every write is also sent to. A node passes a write on only to
    /// oracles, to its own configured
    /// peers and to these, so an app on several nodes must name its nodes here (naeural_core chain_store_base.py).
    /// </summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>
    /// The longest a call may take, retries and pauses included. A node blocks a write until one peer has confirmed it,
    /// 30 s at worst, and every other
    /// call waits behind it: so 45 s.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often a read is repeated after a transport error, 408, 429 or 5xx. Zero: never.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>How often a write is repeated after the same failures; writing the same value twice does no harm. An
    /// unconfirmed write is left to the caller.</summary>
    public int WriteRetries { get; init; } = 2;

    /// <summary>The first pause before a repetition; it doubles, with jitter, up to <see cref="MaximumRetryDelay"/>
    /// (the figures of edge_sdk_go).</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest answer that is read, in bytes, so that a node cannot fill the memory; a longer one fails the
    /// call for good. 256 MiB.</summary>
    public long MaximumAnswerBytes { get; init; } = 256L * 1024 * 1024;
}
