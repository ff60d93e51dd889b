using DataGen.Tasks.Model;

namespace DataGen.Tasks.Budgets;

/// <summary>What a million tokens cost.</summary>
/// <param name="Input">The price of prompts; null: the operator has named none.</param>
/// <param name="Output">The price of answers; null: the operator has named none.</param>
internal sealed record Prices(decimal? Input, decimal? Output)
{
    private const decimal Million = 1_000_000;

    /// <summary>Whether the operator has named a price.</summary>
    public bool AreKnown => (Input ?? Output) is not null;

    /// <summary>The cost of calls at these prices.</summary>
    public decimal Of(in Spent spent) => ((spent.Input * (Input ?? 0)) + (spent.Output * (Output ?? 0))) / Million;
}
