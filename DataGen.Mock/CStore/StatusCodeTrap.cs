using System.Text.Json;

namespace DataGen.Mock.CStore;

/// <summary>
/// A node takes a result that is an object with a <c>status_code</c> outside 200-299 for a failed call, even when it is
/// a stored value:
/// reading <c>{"status_code":404}</c> answers 404. Values that are strings are immune.
/// </summary>
internal static class StatusCodeTrap
{
    /// <summary>The status the answer gets, or null.</summary>
    public static int? Find(ReadOnlySpan<byte> result)
    {
        if (result.IsEmpty || result[0] != '{' || result.IndexOf("\"status_code\""u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(result);
        reader.Read();
        int? status = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isStatus = reader.ValueTextEquals("status_code"u8);
            reader.Read();
            if (isStatus)
            {
                status = reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
            }

            reader.Skip();
        }

        // HTTP itself has room for 100 to 599; 1xx would be no final answer.
        return status is >= 300 and <= 599 ? status : null;
    }
}
