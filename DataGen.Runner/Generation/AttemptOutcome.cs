using DataGen.Definition;
using DataGen.Runner.Inference;
using DataGen.Runner.Pacing;

namespace DataGen.Runner.Generation;

/// <summary>How an attempt ended: with <see cref="Data"/>, or with a <see cref="Failure"/> and its
/// <see cref="Reason"/>.</summary>
internal readonly record struct AttemptOutcome
{
    /// <summary>The record as compact UTF-8 JSON.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The failure; null when there is none.</summary>
    public InferenceFailure? Failure { get; init; }

    /// <summary>The failure as one sentence.</summary>
    public string Reason { get; init; }

    /// <summary>How long the server asked callers to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The first 4 KB of a raw answer that held no record; null when there is no answer worth
    /// showing.</summary>
    public string? Answer { get; init; }

    /// <summary>With <see cref="InferenceFailure.Invalid"/>: the kind of rejection.</summary>
    public Flaw Flaw { get; init; }

    /// <summary>With <see cref="InferenceFailure.Invalid"/>: what the next attempt may tell the model.</summary>
    public Correction? Correction { get; init; }

    /// <summary>Prompt tokens the server counted.</summary>
    public long InputTokens { get; init; }

    /// <summary>Completion tokens the server counted.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The prompt tokens that the attempt cost: as the server counted, else the most that there can have
    /// been.</summary>
    public long InputCost { get; init; }

    /// <summary>The completion tokens that the attempt cost: as the server counted, else the most that there can have
    /// been.</summary>
    public long OutputCost { get; init; }

    /// <summary>What the outcome says about the server.</summary>
    public CallOutcome OfCall =>
        Failure switch
        {
            null
            or InferenceFailure.Unusable
            or InferenceFailure.Invalid
            or InferenceFailure.Truncated
            or InferenceFailure.Refused => CallOutcome.Good,
            InferenceFailure.Unreachable => CallOutcome.Unreachable,
            InferenceFailure.Broken or InferenceFailure.NotServed => CallOutcome.Broken,
            InferenceFailure.TimedOut => CallOutcome.TimedOut,
            InferenceFailure.RateLimited or InferenceFailure.Unavailable => CallOutcome.Overloaded,
            _ => CallOutcome.Answered,
        };
}
