using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Definition.Planning;

namespace DataGen.Definition.Schemas;

/// <summary>Checks whether the schema allows the drawn values: if it does not, no answer of a model can be
/// right.</summary>
internal static class DrawnValues
{
    private const int MostTried = 200;

    /// <summary>The drawn values that the schema forbids, by the sampler's path.</summary>
    public static IEnumerable<DefinitionError> Problems(DatasetDefinition definition)
    {
        if (definition.Schema is not { } schema)
        {
            yield break;
        }

        var drawn = definition
            .Samplers.Where(sampler => sampler.Value.InRecord)
            .Select(sampler => sampler.Key)
            .ToList();
        foreach (var name in drawn)
        {
            if (!schema.Properties.TryGetProperty(name, out var member))
            {
                if (schema.IsClosed)
                {
                    yield return new DefinitionError($"samplers.{name}", "is no member that the schema allows.");
                }
            }
            else if (Forbidden(definition, name, member) is { } problem)
            {
                yield return new DefinitionError($"samplers.{name}", problem);
            }
        }

        if (schema.IsClosed && schema.Properties.EnumerateObject().All(member => drawn.Contains(member.Name)))
        {
            yield return new DefinitionError("schema", "leaves nothing to the model: every member of it is drawn.");
        }
    }

    // The first of some values, spread over all records, that the member's schema forbids.
    private static string? Forbidden(DatasetDefinition definition, string name, JsonElement member)
    {
        var alone = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [name] = JsonNode.Parse(member.GetRawText()) },
        };
        if (definition.Schema!.Document.TryGetProperty("$defs", out var definitions))
        {
            alone["$defs"] = JsonNode.Parse(definitions.GetRawText());
        }

        var schema = RecordSchema.Compile(JsonSerializer.SerializeToElement(alone), nodes: 1);
        var plan = new SamplingPlan(definition);
        var tried = Math.Min(definition.Count, MostTried);
        for (var at = 0; at < tried; at++)
        {
            var value = plan.At((int)((long)at * definition.Count / tried), name);
            var record = JsonSerializer.SerializeToElement(new JsonObject { [name] = value });
            if (schema.Check(record) is [var violation, ..])
            {
                return $"draws {record.GetProperty(name).GetRawText()}, which the schema does not allow: {violation.Message}.";
            }
        }

        return null;
    }
}
