namespace DataGen.Mock.Records.Drafting;

/// <summary>What is known about one field of a record.</summary>
/// <param name="Key">Its name in the record.</param>
/// <param name="Words">Its name as lower-case English words, with what was said about it: <c>date of birth</c>.</param>
internal sealed record FieldSpec(string Key, string Words)
{
    /// <summary>The type that was asked for in so many words, or null.</summary>
    public FieldType? Type { get; init; }

    /// <summary>What its values are measured in: <c>volts</c>.</summary>
    public string? Unit { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>Digits after the point that a range was given with.</summary>
    public int Decimals { get; init; }

    /// <summary>The values it may have, when they were listed.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>How often each choice occurs, beside <see cref="Choices"/>; empty: all the same.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>How often a flag is true, from 0 to 1.</summary>
    public double? Share { get; init; }

    /// <summary>The domain of an e-mail or web address.</summary>
    public string? Domain { get; init; }

    public bool IsList { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public int? MinWords { get; init; }

    public int? MaxWords { get; init; }

    public int? MinSentences { get; init; }

    public int? MaxSentences { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>The fields of a nested object, or of each object of a list.</summary>
    public IReadOnlyList<FieldSpec> Children { get; init; } = [];
}
