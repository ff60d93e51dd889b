namespace DataGen.Web.Display;

/// <summary>The response format that the inference server is asked for, in words; preview.js uses the same
/// words.</summary>
internal static class FormatWords
{
    /// <summary>The words; null while the format is not known.</summary>
    /// <param name="responseFormat">The format, as the API names it.</param>
    internal static string? Of(string responseFormat) =>
        responseFormat switch
        {
            "json_schema_strict" => "records of this schema and no others",
            "json_schema" => "records of this schema",
            "json_object" => "a JSON object",
            "none" => "plain text: the server takes no other wish",
            _ => null,
        };
}
