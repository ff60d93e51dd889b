using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Definition;

namespace DataGen.Bench;

/// <summary>Whether schemas mean to DataGen what they mean to everybody: the mandatory cases of JSON-Schema-Test-Suite
/// (github.com/json-schema-org/JSON-Schema-Test-Suite, tests/draft2020-12) whose schema a definition may have.</summary>
internal static class SchemaSuite
{
    // There a format says nothing about validity; in a definition it does.
    private const string Formats = "format.json";

    /// <param name="folder">The folder tests/draft2020-12 of a copy of the suite.</param>
    /// <returns>How many cases are wrong.</returns>
    public static int Run(string folder)
    {
        var (right, wrong, refused) = (0, 0, 0);
        foreach (
            var file in Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file) != Formats).Order()
        )
        {
            foreach (var group in JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            {
                var cases = group!["tests"]!.AsArray();
                if (Read(group["schema"]) is not { } sampling)
                {
                    refused += cases.Count;
                    continue;
                }

                foreach (var one in cases)
                {
                    var record = JsonSerializer.SerializeToElement(
                        new JsonObject { ["value"] = one!["data"]?.DeepClone() }
                    );
                    if (sampling.Schema!.Check(record).Count == 0 == one["valid"]!.GetValue<bool>())
                    {
                        right++;
                        continue;
                    }

                    wrong++;
                    Console.WriteLine($"wrong: {Path.GetFileName(file)}: {group["description"]}: {one["description"]}");
                }
            }
        }

        Console.WriteLine(
            $"{right} of {right + wrong} cases right; {refused} have a schema that a definition may not have"
        );
        return wrong;
    }

    // A record is an object with members: each schema of the suite is that of a member, its definitions those of the whole.
    private static Sampling? Read(JsonNode? schema)
    {
        var member = schema!.DeepClone();
        var whole = new JsonObject { ["type"] = "object" };
        if (member is JsonObject keywords)
        {
            keywords.Remove("$schema");
            if (keywords["$defs"] is { } definitions)
            {
                keywords.Remove("$defs");
                whole["$defs"] = definitions;
            }
        }

        whole["properties"] = new JsonObject { ["value"] = member };
        return Sampling.Read("A record", 1, new JsonObject { ["schema"] = whole }.ToJsonString()).Sampling;
    }
}
