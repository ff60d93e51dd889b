using DataGen.Contracts;
using DataGen.Runner.Inference;

namespace DataGen.Runner.Generation;

/// <summary>The attempts at one record, and their cost so far.</summary>
internal sealed class RecordAttempts
{
    /// <summary>A record without attempts yet.</summary>
    public RecordAttempts(int index) => Index = index;

    /// <summary>A record that had ended and is made again.</summary>
    public RecordAttempts(GeneratedRecord ended, TimeProvider clock)
    {
        (Index, Made, Rejected) = (ended.Index, ended.Attempts, ended.Rejected);
        (InputTokens, OutputTokens) = (ended.Tokens?.Input ?? 0, ended.Tokens?.Output ?? 0);
        Began = clock.GetTimestamp() - (long)(ended.DurationMs / 1000.0 * clock.TimestampFrequency);
    }

    /// <summary>The record's index in its task.</summary>
    public int Index { get; }

    /// <summary>Calls begun.</summary>
    public int Made { get; private set; }

    /// <summary>Failed attempts that count toward the limit.</summary>
    public int Charged { get; private set; }

    /// <summary>Attempts refused by the server's rate limit.</summary>
    public int RateLimited { get; private set; }

    /// <summary>Answers that were cut off at the bound of their tokens.</summary>
    public int Truncated { get; private set; }

    /// <summary>Answers whose record the definition did not allow.</summary>
    public int Rejected { get; private set; }

    /// <summary>What the next attempt tells the model about the rejected record; null: it starts from the
    /// beginning.</summary>
    public Correction? Correction { get; private set; }

    /// <summary>Prompt tokens of all attempts.</summary>
    public long InputTokens { get; private set; }

    /// <summary>Completion tokens of all attempts.</summary>
    public long OutputTokens { get; private set; }

    /// <summary>The clock's timestamp at the first attempt.</summary>
    public long Began { get; private set; }

    /// <summary>An attempt begins.</summary>
    public void Begin(TimeProvider clock)
    {
        if (Made++ == 0)
        {
            Began = clock.GetTimestamp();
        }
    }

    /// <summary>An attempt has ended.</summary>
    public void Add(in AttemptOutcome outcome)
    {
        InputTokens += outcome.InputTokens;
        OutputTokens += outcome.OutputTokens;
        Truncated += outcome.Failure == InferenceFailure.Truncated ? 1 : 0;
        switch (outcome.Failure)
        {
            case null or InferenceFailure.Unreachable:
                break;
            case InferenceFailure.RateLimited:
                RateLimited++;
                break;
            case InferenceFailure.Invalid:
                Correction =
                    Rejected++ % (Correction.MostInARow + 1) < Correction.MostInARow ? outcome.Correction : null;
                break;
            default:
                Charged++;
                break;
        }
    }
}
