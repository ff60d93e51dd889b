namespace DataGen.Tasks.Model;

/// <summary>The cost of calls.</summary>
/// <param name="Calls">The number of calls.</param>
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

    /// <summary>The cost of several calls of this cost.</summary>
    public Spent Times(long calls) => new(Calls * calls, Input * calls, Output * calls);
}
