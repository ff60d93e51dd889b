namespace DataGen.Runner.Inference;

/// <summary>Which shape of request the server takes. There is one endpoint and one model, so there is one such
/// shape.</summary>
internal sealed partial class RequestShapes(ILogger<RequestShapes> logger)
{
    private RequestShape current = RequestShape.First;
    private volatile bool isProven;
    private volatile bool isProvenWithSchema;

    /// <summary>The shape of the next request.</summary>
    public RequestShape Current => Volatile.Read(ref current);

    /// <summary>Whether the server has given a good answer to it.</summary>
    /// <param name="hasSchema">Whether to a request with a schema; otherwise to one without.</param>
    public bool IsProven(bool hasSchema) => hasSchema ? isProvenWithSchema : isProven;

    /// <summary>A request of this shape was answered well.</summary>
    public void Proven(RequestShape shape, bool hasSchema)
    {
        // The first calls find out together; it is said once.
        if (!ReferenceEquals(shape, current) && Interlocked.Exchange(ref current, shape) != shape)
        {
            Log.Stepped(
                logger,
                shape.ResponseFormat(hasSchema),
                shape.NewTokenLimit ? "max_completion_tokens" : "max_tokens"
            );
        }

        if (hasSchema)
        {
            isProvenWithSchema = true;
        }
        else
        {
            isProven = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The inference server does not take every request: from now on response_format {Format}, {TokenLimit}"
        )]
        public static partial void Stepped(ILogger logger, string format, string tokenLimit);
    }
}
