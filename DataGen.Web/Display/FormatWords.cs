namespace DataGen.Web.Display;

/// <summary>What the inference server is asked to answer with, in words; preview.js uses the same.</summary>
internal static class FormatWords
{
    /// <summary>The words; null while nothing is known.</summary>
    /// <param name="responseFormat">The step, as the API names it.</param>
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
