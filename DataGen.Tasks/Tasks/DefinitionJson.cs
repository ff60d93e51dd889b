using System.Text.Json.Nodes;
using DataGen.Tasks.Budgets;

namespace DataGen.Tasks.Tasks;

/// <summary>Changes stored definitions.</summary>
internal static class DefinitionJson
{
    /// <summary>The definition with another budget.</summary>
    /// <param name="sampling">The definition beyond prompt and count, as JSON; null: there is none.</param>
    /// <param name="change">The bounds to change.</param>
    public static string With(string? sampling, NewBudget change)
    {
        var document = JsonNode.Parse(sampling ?? "{}")!.AsObject();
        var budget = document["budget"]?.AsObject() ?? [];
        Set("calls", change.Calls);
        Set("tokens", change.Tokens);
        Set("cost", change.Cost);
        Set("until", change.Until?.UtcDateTime);

        document["budget"] = budget.Parent is null ? budget : budget.DeepClone();
        return document.ToJsonString(DataGen.Definition.Sampling.Plain);

        void Set<T>(string name, T? value)
            where T : struct
        {
            if (value is { } given)
            {
                budget[name] = JsonValue.Create(given);
            }
        }
    }

    /// <summary>The definition with another block of records.</summary>
    /// <param name="sampling">The definition beyond prompt and count, as JSON.</param>
    /// <param name="count">Records that it had.</param>
    /// <param name="more">Records of the block.</param>
    public static string With(string sampling, int count, int more)
    {
        var document = JsonNode.Parse(sampling)!.AsObject();
        if (document["blocks"] is not JsonArray blocks)
        {
            document["blocks"] = blocks = [count];
        }

        blocks.Add(more);
        return document.ToJsonString(DataGen.Definition.Sampling.Plain);
    }
}
