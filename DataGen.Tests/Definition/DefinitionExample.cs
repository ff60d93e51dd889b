using System.Text.Json;
using DataGen.Tests.Support;

namespace DataGen.Tests.Definition;

/// <summary>One of the definitions that <c>docs/definition.md</c> gives whole, for users to begin with.</summary>
/// <param name="Name">The heading above it.</param>
/// <param name="Definition">The block, a body of <c>POST /api/tasks</c>.</param>
internal sealed record DefinitionExample(string Name, JsonElement Definition)
{
    private const string Section = "## Ten definitions to begin with";

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<DefinitionExample> All { get; } =
    [.. Read(File.ReadLines(Path.Combine(DotnetProcess.Root, "docs", "definition.md")))];

    /// <summary>The one below a heading.</summary>
    public static DefinitionExample Named(string name) => All.Single(example => example.Name == name);

    private static IEnumerable<DefinitionExample> Read(IEnumerable<string> page)
    {
        var name = "";
        List<string>? block = null;
        var section = page.SkipWhile(line => line != Section)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        foreach (var line in section)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                name = line["### ".Length..];
            }
            else if (line == "```json")
            {
                block = [];
            }
            else if (line == "```" && block is not null)
            {
                yield return new DefinitionExample(name, JsonElement.Parse(string.Join('\n', block)));
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }
}
