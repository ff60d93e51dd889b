using System.Text.Json;

namespace DataGen.Mock.Inference;

/// <summary>Members of JSON objects, where null is as good as nothing.</summary>
internal static class JsonMembers
{
    public static JsonElement? Member(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    /// <summary>The member, or null when it is of another kind.</summary>
    public static JsonElement? Member(this JsonElement body, string name, JsonValueKind kind) =>
        body.Member(name) is { } member && member.ValueKind == kind ? member : null;

    public static string? Text(this JsonElement body, string name) =>
        body.Member(name, JsonValueKind.String)?.GetString();
}
