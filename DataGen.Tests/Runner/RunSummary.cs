using System.Text;
using DataGen.Contracts;

namespace DataGen.Tests.Runner;

/// <summary>All that a stream told.</summary>
internal sealed class RunSummary
{
    public int Updates { get; private set; }

    public List<AttemptStarted> Started { get; } = [];

    public List<AttemptFailed> Retrying { get; } = [];

    public List<GeneratedRecord> Ended { get; } = [];

    public List<string> Waiting { get; } = [];

    public string? Fatal { get; private set; }

    /// <summary>What the server was asked to answer with; empty when nothing was told.</summary>
    public string ResponseFormat { get; private set; } = "";

    /// <summary>The indices that ended, in order; one that ended twice stands there twice.</summary>
    public IEnumerable<int> Indices => Ended.Select(result => result.Index).Order();

    public void Add(RunUpdate update)
    {
        Updates++;
        Started.AddRange(update.Started);
        Retrying.AddRange(update.Retrying);
        Ended.AddRange(update.Ended);
        if (update.Waiting is { } waiting)
        {
            Waiting.Add(waiting.Reason);
        }

        Fatal ??= update.Fatal?.Reason;
        ResponseFormat = update.ResponseFormat.Length > 0 ? update.ResponseFormat : ResponseFormat;
    }

    public GeneratedRecord Record(int index) => Ended.Single(result => result.Index == index);

    public static string Json(GeneratedRecord result) => Encoding.UTF8.GetString(result.Data.Span);
}
