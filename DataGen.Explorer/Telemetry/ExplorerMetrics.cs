using System.Diagnostics.Metrics;
using DataGen.ServiceDefaults.Telemetry;

namespace DataGen.Explorer.Telemetry;

/// <summary>Counts the kept copies, and whether questions find a copy or need a new one.</summary>
internal sealed class ExplorerMetrics
{
    /// <summary>Name of Explorer's meter.</summary>
    public const string Name = TelemetryExtensions.SourcePrefix + "Explorer";

    private readonly Counter<long> questions;

    public ExplorerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        questions = meter.CreateCounter<long>(
            "datagen.explorer.questions",
            "{question}",
            "Questions about a dataset, by datagen.cache: hit when there is a copy of it, else miss."
        );
    }

    /// <summary>A question about a dataset begins.</summary>
    /// <param name="isKept">Whether there is a copy of the dataset.</param>
    public void Asked(bool isKept) =>
        questions.Add(1, new KeyValuePair<string, object?>("datagen.cache", isKept ? "hit" : "miss"));
}
