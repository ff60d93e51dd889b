namespace DataGen.Tasks.Model;

/// <summary>Failed records that failed with the same words.</summary>
/// <param name="Message">The words; <see cref="Other"/> for all beyond the first <see cref="MostKinds"/> different
/// ones.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The lowest index among them.</param>
[GenerateSerializer, Immutable]
internal sealed record ErrorCount(
    [property: Id(0)] string Message,
    [property: Id(1)] int Count,
    [property: Id(2)] int First
)
{
    /// <summary>How many different messages are told apart.</summary>
    public const int MostKinds = 20;

    /// <summary>Stands for every message beyond them.</summary>
    public const string Other = "other";
}
