namespace DataGen.Ratio1.Http;

/// <summary>The address of one of a node's services, and the deadlines and retries of its client.</summary>
public abstract record NodeOptions
{
    private protected NodeOptions(TimeSpan deadline) => Deadline = deadline;

    /// <summary>The base address, for example <c>http://10.0.0.5:31234</c>. A user and password in it are sent by HTTP
    /// Basic, for a node behind a proxy that asks for them.</summary>
    public required Uri Address { get; init; }

    /// <summary>The longest a call may take, retries and pauses included; where the answer is a stream, until it
    /// begins.</summary>
    public TimeSpan Deadline { get; init; }

    /// <summary>The first pause before a repetition; it doubles, with jitter, up to <see cref="MaximumRetryDelay"/>
    /// (the figures of edge_sdk_go).</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest answer that is read, in bytes, so that a node cannot fill the memory; a longer one fails
    /// the call permanently. 256 MiB.</summary>
    public long MaximumAnswerBytes { get; init; } = 256L * 1024 * 1024;
}
