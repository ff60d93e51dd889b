namespace DataGen.Ratio1.Http;

/// <summary>Query strings in form encoding, as JavaScript's URLSearchParams writes them for the TypeScript SDK: space
/// is <c>+</c>, <c>:</c> is <c>%3A</c>.</summary>
internal static class FormQuery
{
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = "";
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Encode(value)}";
            }
        }

        return query;
    }

    private static string Encode(string value) =>
        Uri.EscapeDataString(value)
            .Replace("%20", "+", StringComparison.Ordinal)
            .Replace("%2A", "*", StringComparison.Ordinal)
            .Replace("~", "%7E", StringComparison.Ordinal);
}
