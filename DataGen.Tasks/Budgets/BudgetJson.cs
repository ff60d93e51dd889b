using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tasks.Budgets;

/// <summary>The budget inside of a definition.</summary>
internal static class BudgetJson
{
    /// <summary>The definition with another budget.</summary>
    /// <param name="sampling">The definition beyond prompt and count, as JSON; null: there is nothing but them.</param>
    /// <param name="calls">The most calls; null: as it was.</param>
    /// <param name="until">When no call is made any more; null: as it was.</param>
    public static string With(string? sampling, long? calls, DateTimeOffset? until)
    {
        var document = JsonNode.Parse(sampling ?? "{}")!.AsObject();
        var budget = document["budget"]?.AsObject() ?? [];
        if (calls is { } most)
        {
            budget["calls"] = most;
        }

        if (until is { } moment)
        {
            budget["until"] = moment.UtcDateTime;
        }

        document["budget"] = budget.Parent is null ? budget : budget.DeepClone();
        return document.ToJsonString(Plain);
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
