namespace DataGen.Ratio1.R1fs;

/// <summary>Where a node's R1FS is and how patient its client should be.</summary>
public sealed record R1fsOptions
{
    /// <summary>The base address, for example <c>http://10.0.0.5:31235</c>; 31235 is a node's own default port
    /// (edge_node r1fs_manager_api.py). A user and password in
    /// it are sent along (Basic), for a node behind a proxy that asks for them.</summary>
    public required Uri Address { get; init; }

    /// <summary>
    /// The longest a call may take until its answer begins, retries and pauses included. R1FS has no limit of its own,
    /// and fetching a file from
    /// another node may take 90 s (ratio1_sdk r1fs.py): so 120 s.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a call is repeated after a transport error, 408, 429 or 5xx. A repeated upload may leave an
    /// unused file behind, nothing worse. Zero: never.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The first pause before a repetition; it doubles, with jitter, up to
    /// <see cref="MaximumRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest answer that is read, in bytes, so that a node cannot fill the memory; a longer one fails the
    /// call for good. 256 MiB.</summary>
    public long MaximumAnswerBytes { get; init; } = 256L * 1024 * 1024;
}
