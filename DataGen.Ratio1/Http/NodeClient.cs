using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DataGen.Ratio1.Settings;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace DataGen.Ratio1.Http;

/// <summary>
/// Calls the endpoints of one of a node's services: a deadline over all attempts, jittered repetition of transient
/// failures, and the answer's <c>result</c> or the node's own words.
/// </summary>
/// <remarks>The rules come from naeural_core's basic_server.j2 (envelopes, error bodies) and edge_sdk_go (which
/// statuses to repeat, the pauses).</remarks>
internal sealed partial class NodeClient(
    string service,
    HttpClient http,
    NodeOptions options,
    TimeProvider time,
    ILogger logger
)
{
    private const int MaximumErrorBytes = 64 * 1024;

    // Without the user and password that the address may hold, which are sent as a header.
    private readonly string baseAddress = options
        .Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        .TrimEnd('/');

    private readonly AuthenticationHeaderValue? credentials = options.Address.UserInfo is { Length: > 0 } user
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))))
        : null;

    /// <summary>Calls an endpoint and reads the answer: the envelope, whose metadata members may all be missing, and
    /// its <c>result</c>.</summary>
    /// <exception cref="NodeException">Nothing usable came back in time.</exception>
    public Task<T> CallAsync<T>(
        NodeRequest request,
        Func<JsonElement, JsonElement, T> read,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            request,
            async (response, token) => Read(request, await ParseAsync(request, response, token), read),
            cancellationToken
        );

    /// <summary>Calls an endpoint and passes on the successful response, whose body the handler reads or
    /// keeps.</summary>
    /// <exception cref="NodeException">Nothing usable came back in time.</exception>
    public async Task<T> RunAsync<T>(
        NodeRequest request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> handle,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        NodeException? last = null;
        try
        {
            return await Pipeline(request, failure => last = failure)
                .ExecuteAsync(async token => await AttemptAsync(request, handle, token), both.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw last
                ?? Failure(
                    request,
                    $"did not answer within {options.Deadline.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
                    isTransient: true,
                    inner: exception
                );
        }
    }

    /// <summary>The failure of a call that got JSON where a file was expected: an error that the node sent with status
    /// 200.</summary>
    public async Task<NodeException> CallFailureAsync(
        NodeRequest request,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        using var document = await ParseAsync(request, response, cancellationToken);
        var words =
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("result", out var result)
                ? NodeErrorText.From(result)
                : null;
        return Failure(
            request,
            $"answered with JSON instead of a file{(words is null ? "" : $" ({words})")}",
            isTransient: false,
            words is null ? null : HttpStatusCode.NotFound
        );
    }

    /// <summary>The failure of a call, in the same words everywhere.</summary>
    public NodeException Failure(
        NodeRequest request,
        string what,
        bool isTransient,
        HttpStatusCode? status = null,
        TimeSpan? retryAfter = null,
        Exception? inner = null
    ) =>
        new(
            $"{service} {request.Endpoint}: the node at {options.Address.Authority} {what}.",
            isTransient,
            status,
            retryAfter,
            inner
        );

    private static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError;

    private ResiliencePipeline Pipeline(NodeRequest request, Action<NodeException> onFailure) =>
        request.Retries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = time }
                .AddRetry(
                    new RetryStrategyOptions
                    {
                        MaxRetryAttempts = request.Retries,
                        BackoffType = DelayBackoffType.Exponential,
                        UseJitter = true,
                        Delay = options.RetryDelay,
                        MaxDelay = options.MaximumRetryDelay,
                        ShouldHandle = new PredicateBuilder().Handle<NodeException>(failure =>
                            failure.IsTransient && !(failure.RetryAfter >= options.Deadline)
                        ),
                        DelayGenerator = arguments =>
                            ValueTask.FromResult((arguments.Outcome.Exception as NodeException)?.RetryAfter),
                        OnRetry = arguments =>
                        {
                            var failure = (NodeException)arguments.Outcome.Exception!;
                            onFailure(failure);
                            Log.Repeating(
                                logger,
                                arguments.AttemptNumber + 1,
                                request.Retries,
                                arguments.RetryDelay,
                                failure.Message
                            );
                            return ValueTask.CompletedTask;
                        },
                    }
                )
                .Build();

    private async Task<T> AttemptAsync<T>(
        NodeRequest request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> handle,
        CancellationToken cancellationToken
    )
    {
        using var message = new HttpRequestMessage(
            request.Content is null ? HttpMethod.Get : HttpMethod.Post,
            $"{baseAddress}/{request.Endpoint}{request.Query}"
        )
        {
            Content = request.Content?.Invoke(),
        };
        message.Headers.Authorization = credentials;
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(request, response, cancellationToken);
            }

            var result = await handle(response, cancellationToken);
            // A handler that returns the body itself owns the response from here on.
            response = result is Stream ? null : response;
            return result;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failure(
                request,
                $"could not be reached ({exception.Message.TrimEnd('.')})",
                isTransient: true,
                inner: exception
            );
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The HTTP handler's own limit, for example for connecting.
            throw Failure(request, "could not be reached in time", isTransient: true, inner: exception);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private async Task<NodeException> RefusalAsync(
        NodeRequest request,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var body = new byte[MaximumErrorBytes];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        var words = NodeErrorText.From(body.AsMemory(0, length));
        return Failure(
            request,
            $"answered {(int)response.StatusCode}{(words is null ? "" : $" ({words})")}",
            IsTransient(response.StatusCode),
            response.StatusCode,
            RetryAfter(response)
        );
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter is not { } header
            ? null
            : header.Delta ?? header.Date - time.GetUtcNow();
        return asked is { } wait && wait > TimeSpan.Zero ? wait : null;
    }

    private async Task<JsonDocument> ParseAsync(
        NodeRequest request,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(options.MaximumAnswerBytes, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw Failure(
                request,
                $"answered with more than {options.MaximumAnswerBytes} bytes ({AnswerLimit.Setting})",
                isTransient: false,
                response.StatusCode,
                inner: exception
            );
        }
        catch (JsonException exception)
        {
            throw Failure(
                request,
                "answered with something that is not JSON",
                isTransient: true,
                response.StatusCode,
                inner: exception
            );
        }
    }

    // {"server_node_addr":"0xai_…","evm_network":"devnet",…,"result":true}, or from Ratio1's sandbox only
    // {"result":true}
    private T Read<T>(NodeRequest request, JsonDocument document, Func<JsonElement, JsonElement, T> read)
    {
        using (document)
        {
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("result", out var result)
            )
            {
                throw Failure(request, "answered without a result", isTransient: false);
            }

            try
            {
                return read(document.RootElement, result);
            }
            catch (InvalidOperationException exception)
            {
                // A JSON string may hold half of a surrogate pair, which is not valid text.
                throw Failure(
                    request,
                    "answered with text that is not valid Unicode",
                    isTransient: false,
                    inner: exception
                );
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Repeating (attempt {Attempt} of {Retries}, in {Delay}): {Failure}")]
        public static partial void Repeating(ILogger logger, int attempt, int retries, TimeSpan delay, string failure);
    }
}
