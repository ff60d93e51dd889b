using System.Text.Json;

namespace DataGen.Tests.Ratio1.Support;

/// <summary>What was observed of the real packages and of real node code; see each file below Data.</summary>
internal static class Vectors
{
    public static JsonElement Load(string name)
    {
        using var stream =
            typeof(Vectors).Assembly.GetManifestResourceStream($"Ratio1/{name}.json")
            ?? throw new InvalidOperationException($"There is no vector file {name}.");
        return JsonDocument.Parse(stream).RootElement;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string? OptionalText(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
