using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>Chat completions over HTTP, in Ratio1's dialect or OpenAI's. Every failure but the caller's cancellation is
/// an <see cref="InferenceException"/>.</summary>
internal sealed class InferenceChatClient(
    HttpClient http,
    InferenceSettings settings,
    ServerWords words,
    RequestShapes shapes,
    TimeProvider clock
) : IChatClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ChatRequestWriter requests = new(settings);
    private readonly Uri endpoint = settings.Endpoint;
    private readonly ServerFaults faults = new(settings, words, clock);
    private readonly AuthenticationHeaderValue? authorization = settings.ApiKey is { } key
        ? new AuthenticationHeaderValue("Bearer", key)
        : null;

    private readonly ChatClientMetadata metadata = new(
        settings.Dialect == ChatDialect.Ratio1 ? "ratio1" : "openai",
        settings.Endpoint,
        settings.Model
    );

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        using var deadline = new CancellationTokenSource(settings.AttemptDeadline, clock);
        await using var cancelled = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(),
            deadline
        );
        try
        {
            return await PostAsync(
                messages as IReadOnlyCollection<ChatMessage> ?? [.. messages],
                options,
                deadline.Token
            );
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw deadline.IsCancellationRequested
                ? new InferenceException(
                    InferenceFailure.TimedOut,
                    $"No answer from the inference server within {settings.AttemptDeadline.TotalSeconds:0.#} s.",
                    inner: exception
                )
                : Unreachable(exception);
        }
        catch (HttpRequestException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw Broken(exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InferenceException(
                InferenceFailure.Unusable,
                "The inference server's answer is compressed and cannot be unpacked.",
                inner: exception
            );
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <summary>Does nothing: the caller that made the HTTP client disposes of it.</summary>
    public void Dispose() { }

    /// <summary>Posts the call. When the server refuses the shape of the request, posts it again in a simpler shape.
    /// The shape that gets a good answer is remembered.</summary>
    private async Task<ChatResponse> PostAsync(
        IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options,
        CancellationToken cancellationToken
    )
    {
        var schema = options?.ResponseFormat is ChatResponseFormatJson { Schema: { } wanted }
            ? wanted.GetRawText()
            : RequestShapes.NoSchema;
        var shape = shapes.Current(schema);
        List<RequestShape>? tried = null;
        InferenceException? first = null;
        while (true)
        {
            try
            {
                var answer = await PostAsync(messages, options, shape, cancellationToken);
                shapes.Proven(shape, schema, isStep: tried is not null);
                return answer;
            }
            catch (InferenceException exception) when (exception.IsOfShape)
            {
                first ??= exception;
                (tried ??= []).Add(shape);
                var said = Encoding.UTF8.GetString(exception.Answer.Span);

                // Another call may have found a shape that the server accepts while this one was in flight.
                var current = shapes.Current(schema, out var isProven);
                var next = tried.Contains(current)
                    ? shape.Below(said, hasSchema: schema.Length > 0, proven: isProven && shape == current)
                    : current;
                if (next is null || tried.Contains(next))
                {
                    throw first;
                }

                shape = next;
            }
        }
    }

    private async Task<ChatResponse> PostAsync(
        IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options,
        RequestShape shape,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Authorization = authorization;
        request.Content = new ReadOnlyMemoryContent(requests.Write(messages, options, shape));
        request.Content.Headers.ContentType = Json;

        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (OldGzip.Packs(response.Content))
        {
            body = await OldGzip.UnpackAsync(body, http.MaxResponseContentBufferSize, cancellationToken);
        }

        try
        {
            if (!response.IsSuccessStatusCode)
            {
                throw faults.FromStatus(response.StatusCode, AskedWait.Of(response, clock), body, messages);
            }

            using var document = JsonDocument.Parse(WithoutMark(body));
            var answer = ChatAnswerReader.Unwrap(document.RootElement);
            faults.ThrowIfReported(answer, response, messages);
            return ChatAnswerReader.Read(answer);
        }
        catch (InferenceException exception)
        {
            exception.Answer = body;
            throw;
        }
        catch (InvalidOperationException exception) when (exception.InnerException is null)
        {
            // For example, the model ran out of tokens between the two halves of an emoji.
            throw Unusable("The answer holds half a surrogate pair.", body, exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not UTF-8.
            throw Unusable(NoJson(body), body, exception);
        }
    }

    private static InferenceException Unusable(string sentence, byte[] body, Exception inner) =>
        new(InferenceFailure.Unusable, sentence, inner: inner) { Answer = body };

    /// <summary>Some servers put a byte order mark before their JSON; JSON readers refuse it.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(byte[] body) =>
        body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body;

    private static string NoJson(ReadOnlySpan<byte> body) =>
        body.StartsWith("data:"u8) || body.StartsWith("event:"u8)
            ? "The inference server streams its answer, though it was told not to."
        : body is [0x1F, 0x8B, ..] ? "The inference server's answer is compressed without saying so."
        : "The inference server's answer is not JSON.";

    private static InferenceException Broken(HttpRequestException exception) =>
        exception.HttpRequestError switch
        {
            HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError => Unreachable(exception),
            HttpRequestError.ConfigurationLimitExceeded => new InferenceException(
                InferenceFailure.Unusable,
                "The inference server's answer is too large.",
                inner: exception
            ),
            _ => new InferenceException(
                InferenceFailure.Broken,
                "The connection to the inference server broke before the answer was whole.",
                inner: exception
            ),
        };

    private static InferenceException Unreachable(Exception exception) =>
        new(InferenceFailure.Unreachable, "The inference server cannot be reached.", inner: exception);
}
