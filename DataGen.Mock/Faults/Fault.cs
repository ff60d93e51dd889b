using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Faults;

/// <summary>One switch of the mock: set at start by a <c>MOCK_*</c> setting, at run time through
/// <c>/mock/faults</c>.</summary>
/// <param name="section">The service it belongs to: <c>inference</c>, <c>cstore</c> or <c>r1fs</c>.</param>
/// <param name="name">Its name in JSON, camelCase.</param>
internal abstract class Fault(string section, string name)
{
    /// <summary>Stands for a secret value.</summary>
    public const string Hidden = "***";

    public string Section => section;

    public string Name => name;

    /// <summary><c>inference.errorRate</c> is <c>MOCK_INFERENCE_ERROR_RATE</c>.</summary>
    public string SettingName { get; } = JsonNamingPolicy.SnakeCaseUpper.ConvertName($"mock_{section}_{name}");

    /// <summary>Takes the value at start; returns what is wrong with it, or null.</summary>
    public abstract string? TryStart(string text);

    /// <summary>Reads a change without making it; returns what is wrong, or null.</summary>
    /// <param name="json">A value, or <c>{"value": …, "calls": n, "seconds": s}</c> for the next n calls, for s
    /// seconds, or until the first of both ends.</param>
    /// <param name="change">Makes the change.</param>
    public abstract string? TryRead(JsonElement json, out Action change);

    /// <summary>Goes back to the value at start.</summary>
    public abstract void Reset();

    /// <summary>The value in force, with what is left of its limits.</summary>
    public abstract JsonNode ToJson();
}
