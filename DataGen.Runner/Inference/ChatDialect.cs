namespace DataGen.Runner.Inference;

/// <summary>The dialect of chat completions that the server uses; the path tells which.</summary>
internal enum ChatDialect
{
    /// <summary>Ratio1's LLM inference API: the token also in the body, a schema beside <c>json_object</c>, answers
    /// wrapped in <c>result</c>.</summary>
    Ratio1,

    /// <summary>OpenAI's chat completions and the many servers that copy them.</summary>
    OpenAi,
}
