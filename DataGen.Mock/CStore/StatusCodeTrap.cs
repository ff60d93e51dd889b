using System.Text.Json;

namespace DataGen.Mock.CStore;

/// <summary>
/// A node takes a result that is an object with a <c>status_code</c> outside 200-299 for a failed call, even when it is
/// a stored value: reading <c>{"status_code":404}</c> answers 404. Values that are strings are immune.
/// </summary>
internal static class StatusCodeTrap
{
    /// <summary>The status the answer gets, or null.</summary>
    public static int? Find(ReadOnlyMemory<byte> result)
    {
        if (result.IsEmpty || result.Span[0] != '{' || result.Span.IndexOf("\"status_code\""u8) < 0)
        {
            return null;
        }

        using var json = JsonDocument.Parse(result);
        // HTTP itself has room for 100 to 599; 1xx would be no final answer.
        return
            json.RootElement.TryGetProperty("status_code", out var status)
            && status.ValueKind is JsonValueKind.Number
            && status.TryGetInt32(out var code)
            && code is >= 300 and <= 599
            ? code
            : null;
    }
}
