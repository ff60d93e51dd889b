using System.Text.Json;
using DataGen.Contracts;
using DataGen.Formats;

namespace DataGen.Explorer.Datasets;

/// <summary>The columns that a task's schema names.</summary>
internal static class KnownColumns
{
    /// <summary>The members of the schema in its order, with the kind of each whose type the schema states; none
    /// without a schema.</summary>
    public static RecordColumns Of(GenerationSpec spec)
    {
        var columns = new RecordColumns();
        if (spec.Sampling.Length == 0)
        {
            return columns;
        }

        using var definition = JsonDocument.Parse(spec.Sampling);
        if (
            definition.RootElement.TryGetProperty("schema", out var schema)
            && schema.TryGetProperty("properties", out var members)
            && members.ValueKind is JsonValueKind.Object
        )
        {
            foreach (var member in members.EnumerateObject())
            {
                columns.Add(member.Name, Kinds(member.Value));
            }
        }

        return columns;
    }

    private static ColumnKinds Kinds(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return ColumnKinds.None;
        }

        return type.ValueKind is JsonValueKind.Array
            ? type.EnumerateArray().Aggregate(ColumnKinds.None, (kinds, one) => kinds | Kind(one))
            : Kind(type);
    }

    private static ColumnKinds Kind(JsonElement type) =>
        type.ValueKind is JsonValueKind.String
            ? type.GetString() switch
            {
                "boolean" => ColumnKinds.Boolean,
                "integer" => ColumnKinds.Whole,
                "number" => ColumnKinds.Fraction,
                "string" => ColumnKinds.Text,
                "object" or "array" => ColumnKinds.Other,
                _ => ColumnKinds.None,
            }
            : ColumnKinds.None;
}
