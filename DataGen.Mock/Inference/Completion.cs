using DataGen.Mock.Statistics;

namespace DataGen.Mock.Inference;

/// <summary>What became of a completion.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="End">How it ended; what follows is for an answer only, but for <paramref name="Outcome"/>.</param>
/// <param name="Outcome">How the statistics count it.</param>
internal sealed record Completion(string Id, CompletionEnd End, CompletionOutcome Outcome)
{
    /// <summary>The answer's text.</summary>
    public string Text { get; init; } = "";

    /// <summary><c>stop</c>, or <c>length</c> when max_tokens cut it.</summary>
    public string FinishReason { get; init; } = "stop";

    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    /// <summary>Whether the answer tells its tokens.</summary>
    public bool HasUsage { get; init; } = true;

    /// <summary>The status of <see cref="CompletionEnd.Failed"/>.</summary>
    public int Status { get; init; } = 200;

    public DateTimeOffset Created { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>How long the server waited before it gave up.</summary>
    public double TimeoutSeconds { get; init; }
}
