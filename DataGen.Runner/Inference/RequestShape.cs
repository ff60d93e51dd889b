namespace DataGen.Runner.Inference;

/// <summary>The members of a request that some servers refuse, as they are sent.</summary>
/// <param name="Strict">Whether the record's schema is asked for with <c>strict: true</c>, which servers support for a
/// subset of schemas (<see cref="Definition.Schemas.StrictSubset"/>).</param>
/// <param name="JsonSchema">Whether <c>response_format</c> asks for the record's schema, where it has one.</param>
/// <param name="JsonObject">Whether it asks for a JSON object otherwise; if not, only the prompt asks for one.</param>
/// <param name="NewTokenLimit">Whether the tokens are bounded by <c>max_completion_tokens</c>; otherwise by
/// <c>max_tokens</c>.</param>
internal sealed record RequestShape(bool Strict, bool JsonSchema, bool JsonObject, bool NewTokenLimit)
{
    /// <summary>The shape that is tried first.</summary>
    public static RequestShape First { get; } =
        new(Strict: false, JsonSchema: true, JsonObject: true, NewTokenLimit: false);

    /// <summary>The name of the response format, as a task shows it.</summary>
    /// <param name="hasSchema">Whether the task's records have a schema.</param>
    public string ResponseFormat(bool hasSchema) =>
        hasSchema && JsonSchema ? (Strict ? "json_schema_strict" : "json_schema")
        : JsonObject ? "json_object"
        : "none";

    /// <summary>The shape to try after a server refused this one with this message (400, 422); null when there is none
    /// left.</summary>
    /// <param name="said">The body of the answer.</param>
    /// <param name="hasSchema">Whether the request has a schema.</param>
    /// <param name="proven">Whether the server has given a good answer to a request like this one. Then only what its
    /// message names is changed, because it accepts the rest.</param>
    public RequestShape? Below(string said, bool hasSchema, bool proven)
    {
        bool Names(string member) => said.Contains(member, StringComparison.OrdinalIgnoreCase);

        return !NewTokenLimit && Names("max_tokens") ? this with { NewTokenLimit = true }
            : NewTokenLimit && Names("max_completion_tokens") ? this with { NewTokenLimit = false }
            : proven
            && !Names("response_format")
            && !Names("json_object")
            && !Names("json mode")
            && !(hasSchema && Names("schema"))
                ? null
            : hasSchema && JsonSchema && Strict ? this with { Strict = false }
            : hasSchema && JsonSchema ? this with { JsonSchema = false }
            : JsonObject ? this with { JsonObject = false }
            : null;
    }
}
