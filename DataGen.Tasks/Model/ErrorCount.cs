namespace DataGen.Tasks.Model;

/// <summary>Failed records that failed with the same message.</summary>
/// <param name="Message">The message; <see cref="Other"/> for all messages after the first <see cref="MostKinds"/>
/// different ones.</param>
/// <param name="Count">How many records failed with it.</param>
/// <param name="First">The lowest index among them.</param>
[GenerateSerializer, Immutable]
internal sealed record ErrorCount(
    [property: Id(0)] string Message,
    [property: Id(1)] int Count,
    [property: Id(2)] int First
)
{
    /// <summary>How many different messages are counted apart.</summary>
    public const int MostKinds = 20;

    /// <summary>The entry for all further messages.</summary>
    public const string Other = "other";
}
