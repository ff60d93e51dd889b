using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary>Draws a value for each record of a dataset. What is drawn depends on the definition and the record's place
/// alone, so that any process draws the same.</summary>
public abstract record Sampler
{
    /// <summary>The most different values of a sampler whose counts are told.</summary>
    public const int MostCounted = 1000;

    /// <summary>Whether the value is a member of the record; otherwise it steers the prompt alone.</summary>
    public bool InRecord { get; init; } = true;

    /// <summary>The most characters that one value adds to a prompt.</summary>
    internal virtual int Longest => 300;

    /// <summary>The value of one record.</summary>
    /// <param name="place">The record's place among those that are drawn for.</param>
    internal abstract JsonNode Draw(in Place place);

    /// <summary>How often each value is drawn for so many records; null: the values are too many to tell.</summary>
    internal virtual IEnumerable<KeyValuePair<string, long>>? Counts(long count) => null;
}
