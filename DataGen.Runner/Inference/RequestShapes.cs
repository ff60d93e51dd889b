using System.Collections.Concurrent;
using System.Text.Json;
using DataGen.Definition.Schemas;

namespace DataGen.Runner.Inference;

/// <summary>Remembers which shape of request the server accepts. It does so per schema, because a server may accept one
/// schema and refuse another.</summary>
internal sealed partial class RequestShapes(InferenceSettings settings, ILogger<RequestShapes> logger)
{
    /// <summary>The key of requests without a schema.</summary>
    public const string NoSchema = "";

    // With more schemas than this all shapes are forgotten; each schema then costs one refused call again.
    private const int MostKnown = 1000;

    private readonly ConcurrentDictionary<string, RequestShape> proven = [];
    private volatile RequestShape newest = RequestShape.First;

    /// <summary>The shape of the next request: the one proven for this schema, else the newest one proven for
    /// any.</summary>
    /// <param name="schema">The schema as JSON, or <see cref="NoSchema"/>.</param>
    public RequestShape Current(string schema) => Current(schema, out _);

    /// <summary>The shape of the next request, and whether it is proven.</summary>
    /// <param name="schema">The schema as JSON, or <see cref="NoSchema"/>.</param>
    /// <param name="isProven">Whether the server has given a good answer to a request of this shape with this schema.
    /// One call returns both, because another call may prove a different shape between two reads.</param>
    public RequestShape Current(string schema, out bool isProven)
    {
        isProven = proven.TryGetValue(schema, out var known);
        return known ?? newest with { JsonSchema = true, Strict = MayBeStrict(schema) };
    }

    /// <summary>A request of this shape was answered well.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="schema">The schema as JSON, or <see cref="NoSchema"/>.</param>
    /// <param name="isStep">Whether this call was refused in another shape first. Only such a call replaces a shape
    /// that is proven already.</param>
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

        // The first calls run side by side and prove the same shape; only one of them logs it.
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

    // The dialect of a Ratio1 node has no `strict`.
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
