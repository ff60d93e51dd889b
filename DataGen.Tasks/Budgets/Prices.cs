using DataGen.Tasks.Model;

namespace DataGen.Tasks.Budgets;

/// <summary>What a million tokens cost.</summary>
/// <param name="Input">Of prompts; null: the operator has named no price.</param>
/// <param name="Output">Of answers.</param>
internal sealed record Prices(decimal? Input, decimal? Output)
{
    private const decimal Million = 1_000_000;

    /// <summary>Whether the operator has named any.</summary>
    public bool AreKnown => (Input ?? Output) is not null;

    /// <summary>What calls have cost.</summary>
    public decimal Of(in Spent spent) => ((spent.Input * (Input ?? 0)) + (spent.Output * (Output ?? 0))) / Million;
}
