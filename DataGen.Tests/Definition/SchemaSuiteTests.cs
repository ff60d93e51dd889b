using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Definition;
using DataGen.Tests.Support;

namespace DataGen.Tests.Definition;

/// <summary>Schemas mean to DataGen what they mean to everybody: the mandatory cases of JSON-Schema-Test-Suite for
/// draft 2020-12 (github.com/json-schema-org/JSON-Schema-Test-Suite, MIT) whose schema a definition may have.
/// <c>eng/test.sh</c> fetches a copy.</summary>
public sealed class SchemaSuiteTests
{
    // There a format says nothing about validity; in a definition it does.
    private const string Formats = "format.json";

    private static readonly string Folder = Path.Combine(
        DotnetProcess.Root,
        "artifacts/json-schema-suite/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests/draft2020-12"
    );

    [Fact]
    public void Every_case_of_the_official_suite_whose_schema_is_taken_is_judged_as_the_suite_says()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "eng/test.sh fetches JSON-Schema-Test-Suite.");
        var (right, refused, wrong) = (0, 0, new List<string>());
        foreach (
            var file in Directory.GetFiles(Folder, "*.json").Where(file => Path.GetFileName(file) != Formats).Order()
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

                    wrong.Add($"{Path.GetFileName(file)}: {group["description"]}: {one["description"]}");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{right} of {right + wrong.Count} cases right; {refused} have a schema that a definition may not have"
        );
        Assert.Empty(wrong);
        Assert.True(right >= 600, $"Only {right} cases have a schema that is taken; {refused} have not.");
    }

    // A record is an object with members: each schema of the suite is that of a member, its definitions those of the
    // whole.
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
