namespace DataGen.Tasks.Model;

/// <summary>What calls have cost.</summary>
/// <param name="Calls">How many they were.</param>
/// <param name="Input">Tokens of their prompts.</param>
/// <param name="Output">Tokens of their answers.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Spent(
    [property: Id(0)] long Calls,
    [property: Id(1)] long Input,
    [property: Id(2)] long Output
)
{
    public static Spent operator +(Spent left, Spent right) =>
        new(left.Calls + right.Calls, left.Input + right.Input, left.Output + right.Output);

    public static Spent operator -(Spent left, Spent right) =>
        new(left.Calls - right.Calls, left.Input - right.Input, left.Output - right.Output);

    /// <summary>What so many calls of this cost come to.</summary>
    public Spent Times(long calls) => new(Calls * calls, Input * calls, Output * calls);
}
