namespace DataGen.Mock.Records.Drafting;

/// <summary>Bounds as they were written.</summary>
internal readonly record struct Bounds
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    public int Decimals { get; init; }

    public Unit Unit { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
}
