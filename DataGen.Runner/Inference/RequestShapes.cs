using System.Collections.Concurrent;
using System.Text.Json;
using DataGen.Definition.Schemas;

namespace DataGen.Runner.Inference;

/// <summary>Which shape of request the server takes. There is one endpoint and one model, but a server may take one schema
/// and not another: what is known is known for each schema.</summary>
internal sealed partial class RequestShapes(InferenceSettings settings, ILogger<RequestShapes> logger)
{
    /// <summary>What stands for a request without a schema.</summary>
    public const string NoSchema = "";

    // Beyond it all is found out again, which costs a refused call a schema.
    private const int MostKnown = 1000;

    private readonly ConcurrentDictionary<string, RequestShape> proven = [];
    private volatile RequestShape newest = RequestShape.First;

    /// <summary>The shape of the next request: the one that was answered well, else one whose other members were.</summary>
    /// <param name="schema">The schema as JSON, or <see cref="NoSchema"/>.</param>
    public RequestShape Current(string schema) => Current(schema, out _);

    /// <summary>The same.</summary>
    /// <param name="schema">The schema as JSON, or <see cref="NoSchema"/>.</param>
    /// <param name="isProven">Whether the server has given a good answer to a request of this shape with this schema. Told
    /// together with it: asked for by itself, it could be of a shape that another call has found out since.</param>
    public RequestShape Current(string schema, out bool isProven)
    {
        isProven = proven.TryGetValue(schema, out var known);
        return known ?? newest with { JsonSchema = true, Strict = MayBeStrict(schema) };
    }

    /// <summary>A request of this shape was answered well.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="schema">The schema as JSON, or <see cref="NoSchema"/>.</param>
    /// <param name="isStep">Whether what was known before was refused just now. An answer to a call that was sent before
    /// others had found out changes nothing.</param>
    public void Proven(RequestShape shape, string schema, bool isStep)
    {
        if (proven.TryGetValue(schema, out var known) && (known == shape || !isStep))
        {
            return;
        }

        if (proven.Count >= MostKnown)
        {
            proven.Clear();
        }

        // The first calls find out together; it is said once.
        var isNew = shape != Current(schema);
        proven[schema] = shape;
        newest = shape;
        if (isNew)
        {
            Log.Stepped(
                logger,
                shape.ResponseFormat(schema.Length > 0),
                shape.NewTokenLimit ? "max_completion_tokens" : "max_tokens"
            );
        }
    }

    // A node's dialect has no such word.
    private bool MayBeStrict(string schema) =>
        settings.Dialect == ChatDialect.OpenAi && schema.Length > 0 && StrictSubset.Has(JsonElement.Parse(schema));

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The inference server does not take every request: from now on response_format {Format}, {TokenLimit}"
        )]
        public static partial void Stepped(ILogger logger, string format, string tokenLimit);
    }
}
