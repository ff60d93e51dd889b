using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary>Draws a value for each record of a dataset. The value depends only on the definition and the record's
/// place, so that every process draws the same.</summary>
public abstract record Sampler
{
    /// <summary>The most different values of a sampler whose counts are listed.</summary>
    public const int MostCounted = 1000;

    /// <summary>Whether the value is a member of the record; if not, it only steers the prompt.</summary>
    public bool InRecord { get; init; } = true;

    /// <summary>The most characters that one value adds to a prompt.</summary>
    internal virtual int Longest => 300;

    /// <summary>The value of one record.</summary>
    /// <param name="place">The record's place among those that values are drawn for.</param>
    internal abstract JsonNode Draw(in Place place);

    /// <summary>How often each value is drawn for a number of records; null: there are too many values to
    /// list.</summary>
    internal virtual IEnumerable<KeyValuePair<string, long>>? Counts(long count) => null;
}
