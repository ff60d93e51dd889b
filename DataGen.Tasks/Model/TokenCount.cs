namespace DataGen.Tasks.Model;

/// <summary>Tokens as the inference server counts them; 0 where it does not say.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct TokenCount([property: Id(0)] long Input, [property: Id(1)] long Output)
{
    public static TokenCount operator +(TokenCount left, TokenCount right) =>
        new(left.Input + right.Input, left.Output + right.Output);
}
