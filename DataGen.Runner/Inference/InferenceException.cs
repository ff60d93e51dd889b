namespace DataGen.Runner.Inference;

/// <summary>A completion that failed. The message is one sentence fit for users: no secret, no prompt, at most
/// <see cref="MaxLength"/> characters.</summary>
internal sealed class InferenceException(
    InferenceFailure failure,
    string sentence,
    TimeSpan? retryAfter = null,
    Exception? inner = null
) : Exception(sentence.Length <= MaxLength ? sentence : $"{sentence.AsSpan(0, MaxLength - 1)}…", inner)
{
    /// <summary>The most characters of the message.</summary>
    public const int MaxLength = 300;

    /// <summary>The kind of failure.</summary>
    public InferenceFailure Failure { get; } = failure;

    /// <summary>How long the server asked callers to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the server may have refused a member of the request rather than its content (400,
    /// 422).</summary>
    public bool IsOfShape { get; init; }

    /// <summary>The body of the answer that failed; empty when there was none.</summary>
    public ReadOnlyMemory<byte> Answer { get; set; }
}
