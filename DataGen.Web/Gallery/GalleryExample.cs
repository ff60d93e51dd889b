using System.Reflection;
using System.Text.Json;
using DataGen.Web.Display;
using DataGen.Web.Forms;

namespace DataGen.Web.Gallery;

/// <summary>A complete definition to start from; each is a JSON file in this folder.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Promise">What the dataset will be, in a sentence or two.</param>
/// <param name="Definition">A body of <c>POST /api/tasks</c>.</param>
/// <param name="Rows">The records at a start, a quarter and a half of it, as a good model writes them.</param>
internal sealed record GalleryExample(
    string Key,
    string Name,
    string Promise,
    JsonElement Definition,
    IReadOnlyList<JsonElement> Rows
)
{
    private const string Folder = "DataGen.Web.Gallery.";
    private const string Suffix = ".json";

    /// <summary>All examples, by name.</summary>
    internal static IReadOnlyList<GalleryExample> All { get; } =
    [.. Read().OrderBy(example => example.Name, StringComparer.Ordinal)];

    internal string Prompt => Definition.GetProperty("prompt").GetString()!;

    internal int Count => Definition.GetProperty("count").GetInt32();

    /// <summary>The names of the columns of <see cref="Rows"/>.</summary>
    internal IEnumerable<string> Columns =>
        Rows.SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct();

    /// <summary>The form filled from it.</summary>
    internal NewTask ToNewTask() =>
        new()
        {
            Prompt = Prompt,
            Count = Count,
            Title = Name,
            Definition = DefinitionText.Of(Definition),
        };

    private static IEnumerable<GalleryExample> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
        )
        {
            using var file = assembly.GetManifestResourceStream(resource)!;
            var example = JsonSerializer.Deserialize<JsonElement>(file);
            yield return new GalleryExample(
                resource[Folder.Length..^Suffix.Length],
                example.GetProperty("name").GetString()!,
                example.GetProperty("promise").GetString()!,
                example.GetProperty("definition"),
                [.. example.GetProperty("rows").EnumerateArray()]
            );
        }
    }
}
