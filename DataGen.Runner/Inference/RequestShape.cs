namespace DataGen.Runner.Inference;

/// <summary>The members of a request that not every server takes, as they are sent.</summary>
/// <param name="JsonObject">Whether <c>response_format</c> asks for a JSON object; otherwise the prompt alone does.</param>
/// <param name="NewTokenLimit">Whether the tokens are bounded by <c>max_completion_tokens</c>; otherwise by
/// <c>max_tokens</c>.</param>
internal sealed record RequestShape(bool JsonObject, bool NewTokenLimit)
{
    /// <summary>What is tried first.</summary>
    public static RequestShape First { get; } = new(JsonObject: true, NewTokenLimit: false);

    /// <summary>The name of the response format, as a task shows it.</summary>
    public string ResponseFormat => JsonObject ? "json_object" : "none";

    /// <summary>What to try after a server refused this shape with these words (400, 422); null when there is nothing
    /// else to try.</summary>
    /// <param name="said">The body of the answer.</param>
    /// <param name="proven">Whether the server has given a good answer to this shape: then only what it names is
    /// changed, since it takes the rest.</param>
    public RequestShape? Below(string said, bool proven)
    {
        bool Names(string member) => said.Contains(member, StringComparison.OrdinalIgnoreCase);

        return !NewTokenLimit && Names("max_tokens") ? this with { NewTokenLimit = true }
            : NewTokenLimit && Names("max_completion_tokens") ? this with { NewTokenLimit = false }
            : JsonObject && (!proven || Names("response_format") || Names("json_object") || Names("json mode"))
                ? this with
                {
                    JsonObject = false,
                }
            : null;
    }
}
