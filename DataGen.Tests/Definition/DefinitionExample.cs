using System.Text.Json;
using DataGen.Web.Gallery;

namespace DataGen.Tests.Definition;

/// <summary>One of the definitions of the gallery, for users to begin with.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Definition">A body of <c>POST /api/tasks</c>.</param>
internal sealed record DefinitionExample(string Name, JsonElement Definition)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DefinitionExample> All { get; } =
    [.. GalleryExample.All.Select(example => new DefinitionExample(example.Name, example.Definition))];

    /// <summary>The one of a name.</summary>
    public static DefinitionExample Named(string name) => All.Single(example => example.Name == name);
}
