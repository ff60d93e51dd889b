using System.Net;
using System.Text.Json;
using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Runner;

public sealed class InferenceChatClientTests
{
    private const string Key = "sk-very-secret-1";

    private static readonly InferenceSettings Ratio1 = new() { BaseUrl = "http://inference", ApiKey = Key };

    private static readonly InferenceSettings OpenAi = Ratio1 with { Path = "/v1/chat/completions", Model = "small-1" };

    private static readonly ChatMessage[] Messages =
    [
        new(ChatRole.System, "Answer with one record."),
        new(ChatRole.User, "A very private description of a customer."),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "wrapped, scalar",
        """{"ee_node_alias":"n","result":{"REQUEST_ID":"r","MODEL_NAME":"m","TEXT_RESPONSE":"other","FULL_OUTPUT":{"choices":[{"message":{"content":"TEXT"},"finish_reason":"stop"}]}}}"""
    )]
    [InlineData(
        "wrapped, lists",
        """{"result":{"TEXT_RESPONSE":["other"],"FULL_OUTPUT":[{"choices":[{"message":{"content":"TEXT"}}]}]}}"""
    )]
    [InlineData("wrapped, OpenAI inside", """{"result":{"choices":[{"message":{"content":"TEXT"}}]}}""")]
    [InlineData("result as a list", """{"result":[{"TEXT_RESPONSE":"TEXT"}]}""")]
    [InlineData(
        "raw",
        """{"ee_node_alias":"n","TEXT_RESPONSE":"other","FULL_OUTPUT":{"choices":[{"message":{"content":"TEXT"}}]}}"""
    )]
    [InlineData("text only, scalar", """{"result":{"TEXT_RESPONSE":"TEXT"}}""")]
    [InlineData("text only, list", """{"result":{"TEXT_RESPONSE":["TEXT"]}}""")]
    [InlineData(
        "empty content, text beside it",
        """{"result":{"TEXT_RESPONSE":"TEXT","FULL_OUTPUT":{"choices":[{"message":{"content":""}}]}}}"""
    )]
    [InlineData("plain-text output", """{"result":{"FULL_OUTPUT":"TEXT"}}""")]
    [InlineData("plain-text output, list", """{"result":{"FULL_OUTPUT":["TEXT"]}}""")]
    [InlineData(
        "output of another shape, text beside it",
        """{"result":{"TEXT_RESPONSE":"TEXT","FULL_OUTPUT":{"outputs":[1]}}}"""
    )]
    [InlineData(
        "delegated",
        """{"result":{"status":"completed","request_id":"r","TEXT_RESPONSE":"TEXT","error":null}}"""
    )]
    [InlineData(
        "OpenAI",
        """{"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"""
    )]
    [InlineData(
        "OpenAI, content parts",
        """{"choices":[{"message":{"content":[{"type":"text","text":"TE"},{"type":"text","text":"XT"}]}}]}"""
    )]
    [InlineData("OpenAI, legacy text", """{"choices":[{"text":"TEXT"}]}""")]
    [InlineData("OpenAI, error null", """{"error":null,"choices":[{"message":{"content":"TEXT"}}]}""")]
    public async Task An_answer_of_any_known_shape_is_read(string shape, string body)
    {
        var answer = await Client(body).GetResponseAsync(Messages, cancellationToken: Cancel);

        Assert.Equal((shape, "TEXT"), (shape, answer.Text));
    }

    [Fact]
    public async Task Model_reason_and_usage_are_read_along()
    {
        var answer = await Client(
                """
                {"result":{"REQUEST_ID":"r","MODEL_NAME":"m","TEXT_RESPONSE":"t","FULL_OUTPUT":{"id":"c1","model":"m2","choices":[{"message":{"content":"t"},"finish_reason":"length"}],
                "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}}}
                """
            )
            .GetResponseAsync(Messages, cancellationToken: Cancel);

        Assert.Equal(
            ("c1", "m2", ChatFinishReason.Length, 11, 7),
            (
                answer.ResponseId,
                answer.ModelId,
                answer.FinishReason,
                answer.Usage?.InputTokenCount,
                answer.Usage?.OutputTokenCount
            )
        );
    }

    [Theory]
    [InlineData(
        """{"result":{"error":"Invalid temperature"}}""",
        InferenceFailure.ServerError,
        "The inference server reported a failure. It said: Invalid temperature"
    )]
    [InlineData(
        """{"result":{"error":"no","status":"unauthorized"}}""",
        InferenceFailure.Denied,
        "The inference server refused the API key (unauthorized)."
    )]
    [InlineData(
        """{"result":{"error":"slow down","status":"rate_limited"}}""",
        InferenceFailure.RateLimited,
        "The inference server limits the rate of calls (rate_limited)."
    )]
    [InlineData(
        """{"result":{"error":"late","status":"timeout","request_id":"r","timeout":600}}""",
        InferenceFailure.TimedOut,
        "The model did not answer within the inference server's own time limit."
    )]
    [InlineData(
        """{"result":{"status":"failed","error":"Inference API pending queue is full.","request_id":"r"}}""",
        InferenceFailure.Unavailable,
        "The inference server's queue is full."
    )]
    [InlineData(
        """{"result":{"status":"failed","error":"CUDA","request_id":"r"}}""",
        InferenceFailure.ServerError,
        "The inference server reported a failure. It said: CUDA"
    )]
    [InlineData(
        """{"status":"error","error":"raw"}""",
        InferenceFailure.ServerError,
        "The inference server reported a failure. It said: raw"
    )]
    [InlineData(
        """{"result":{"request_id":"r","poll_url":"/request_status?request_id=r","status":"pending"}}""",
        InferenceFailure.Unusable,
        "The inference server answered before the completion was ready (pending)."
    )]
    [InlineData(
        """{"error":{"code":429,"message":"too fast"}}""",
        InferenceFailure.RateLimited,
        "The inference server limits the rate of calls (429)."
    )]
    [InlineData("""<html>""", InferenceFailure.Unusable, "The inference server's answer is not JSON.")]
    [InlineData(
        """{"result":{"TEXT_RESPONSE":"\ud800"}}""",
        InferenceFailure.Unusable,
        "The answer holds half a surrogate pair."
    )]
    [InlineData(
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"{\"a\":\"\ud83d\"}"},"finish_reason":"stop"}]}""",
        InferenceFailure.Unusable,
        "The answer holds half a surrogate pair."
    )]
    public Task A_failure_inside_a_200_is_a_typed_failure(string body, object failure, string sentence) =>
        FailsAsync(Client(body), (InferenceFailure)failure, sentence);

    [Theory]
    [InlineData(
        400,
        """{"detail":{"error":"bad"}}""",
        InferenceFailure.Rejected,
        "The inference server did not accept the request (400). It said: bad"
    )]
    [InlineData(
        401,
        """{"error":{"message":"Incorrect API key provided: sk-ve…"}}""",
        InferenceFailure.Denied,
        "The inference server refused the API key (401)."
    )]
    [InlineData(403, "", InferenceFailure.NotServed, "The inference server does not allow this call (403).")]
    [InlineData(
        404,
        """{"detail":"Not Found"}""",
        InferenceFailure.NotServed,
        "The inference server does not know the path or the model (404). It said: Not Found"
    )]
    [InlineData(408, "", InferenceFailure.TimedOut, "The inference server ran out of time (408).")]
    [InlineData(
        422,
        """{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]}""",
        InferenceFailure.Rejected,
        "The inference server did not accept the request (422)."
    )]
    [InlineData(429, "", InferenceFailure.RateLimited, "The inference server limits the rate of calls (429).")]
    [InlineData(
        500,
        """{"detail":{"error":"boom\n  at line 3","status_code":500}}""",
        InferenceFailure.ServerError,
        "The inference server failed (500). It said: boom at line 3"
    )]
    [InlineData(
        500,
        """{"detail":{"detail":"Invalid Authorization token."}}""",
        InferenceFailure.Denied,
        "The inference server refused the API key (unauthorized)."
    )]
    [InlineData(
        500,
        """{"detail":{"detail":"Missing Authorization header."}}""",
        InferenceFailure.Denied,
        "The inference server refused the API key (unauthorized)."
    )]
    [InlineData(
        500,
        """{"detail":{"detail":"Authorization required but no tokens were configured."}}""",
        InferenceFailure.Denied,
        "The inference server refused the API key (unauthorized)."
    )]
    [InlineData(
        500,
        """{"detail":{"detail":"Rate limit exceeded for subject 'sk-very-secret-1'. Max 5 requests per minute."}}""",
        InferenceFailure.RateLimited,
        "The inference server limits the rate of calls (rate_limited)."
    )]
    [InlineData(
        500,
        """{"detail":{"detail":"Request timed out after 600 seconds."}}""",
        InferenceFailure.TimedOut,
        "The model did not answer within the inference server's own time limit."
    )]
    [InlineData(
        500,
        """{"detail":{"detail":"Inference API pending queue is full."}}""",
        InferenceFailure.Unavailable,
        "The inference server's queue is full."
    )]
    [InlineData(502, "<html>", InferenceFailure.Unavailable, "The inference server is not available (502).")]
    [InlineData(503, "", InferenceFailure.Unavailable, "The inference server is not available (503).")]
    [InlineData(
        504,
        """{"detail":{"detail":"Error waiting for plugin response: "}}""",
        InferenceFailure.TimedOut,
        "The inference server ran out of time (504)."
    )]
    [InlineData(
        302,
        "",
        InferenceFailure.Rejected,
        "The inference server redirects elsewhere (302), which is not followed."
    )]
    public Task A_status_is_a_typed_failure(int status, string body, object failure, string sentence) =>
        FailsAsync(Client(body, (HttpStatusCode)status), (InferenceFailure)failure, sentence);

    [Theory]
    [InlineData("key sk-very-secret-1 is wrong")]
    [InlineData("cannot answer: A very private description of a customer.")]
    [InlineData("input: 'private description of a c' is bad")]
    public async Task A_server_that_repeats_key_or_prompt_is_not_quoted(string said)
    {
        var failure = await FailsAsync(
            Client(JsonSerializer.Serialize(new { detail = new { error = said } }), HttpStatusCode.BadRequest),
            InferenceFailure.Rejected,
            "The inference server did not accept the request (400)."
        );

        Assert.DoesNotContain("private", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_error_text_is_cut()
    {
        var client = Client(
            JsonSerializer.Serialize(new { error = new string('x', 5000) }),
            HttpStatusCode.InternalServerError
        );

        var failure = await Assert.ThrowsAsync<InferenceException>(() =>
            client.GetResponseAsync(Messages, cancellationToken: Cancel)
        );

        Assert.InRange(failure.Message.Length, 100, InferenceException.MaxLength);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("Sat, 01 Jan 2000 00:00:09 GMT", 9)]
    [InlineData("Fri, 31 Dec 1999 00:00:00 GMT", 0)]
    public async Task Retry_after_is_read_as_seconds_or_date(string header, int seconds)
    {
        var handler = new StubHandler(
            (_, _) =>
            {
                var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
                {
                    Content = new StringContent(""),
                };
                response.Headers.TryAddWithoutValidation("Retry-After", header);
                return Task.FromResult(response);
            }
        );
        using var http = new HttpClient(handler);
        using var client = NewClient(
            http,
            Ratio1,
            new FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
        );

        var failure = await Assert.ThrowsAsync<InferenceException>(() =>
            client.GetResponseAsync(Messages, cancellationToken: Cancel)
        );

        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
    }

    [Fact]
    public async Task The_deadline_ends_an_attempt_that_gets_no_answer()
    {
        var clock = new FakeTimeProvider();
        var sent = new TaskCompletionSource();
        var handler = new StubHandler(
            async (_, cancellationToken) =>
            {
                sent.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("never");
            }
        );
        using var http = new HttpClient(handler);
        using var client = NewClient(http, Ratio1, clock);

        var call = client.GetResponseAsync(Messages, cancellationToken: Cancel);
        await sent.Task.WaitAsync(Cancel);
        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<InferenceException>(() => call);
        Assert.Equal(
            (InferenceFailure.TimedOut, "No answer from the inference server within 120 s."),
            (failure.Failure, failure.Message)
        );
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var handler = new StubHandler(
            async (_, cancellationToken) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("never");
            }
        );
        using var http = new HttpClient(handler);
        using var client = NewClient(http, Ratio1, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.GetResponseAsync(Messages, cancellationToken: stop.Token)
        );
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, InferenceFailure.Unreachable)]
    [InlineData(HttpRequestError.NameResolutionError, InferenceFailure.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, InferenceFailure.Unreachable)]
    [InlineData(HttpRequestError.ResponseEnded, InferenceFailure.Broken)]
    [InlineData(HttpRequestError.Unknown, InferenceFailure.Broken)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, InferenceFailure.Unusable)]
    public async Task A_transport_error_is_a_typed_failure(HttpRequestError error, object expected)
    {
        using var http = new HttpClient(
            new StubHandler((_, _) => throw new HttpRequestException(error, "Connection refused (secret-host:443)"))
        );
        using var client = NewClient(http, Ratio1, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<InferenceException>(() =>
            client.GetResponseAsync(Messages, cancellationToken: Cancel)
        );

        Assert.Equal((InferenceFailure)expected, failure.Failure);
        Assert.DoesNotContain("secret-host", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratio1_gets_the_token_in_header_and_body_and_no_zero_temperature()
    {
        var (handler, client) = Recording(Ratio1);

        await client.GetResponseAsync(
            Messages,
            new ChatOptions
            {
                Temperature = 0,
                MaxOutputTokens = 1024,
                ResponseFormat = ChatResponseFormat.Json,
            },
            Cancel
        );

        Assert.Equal("Bearer sk-very-secret-1", handler.SentAuthorization);
        Assert.Equal(
            """{"messages":[{"role":"system","content":"Answer with one record."},{"role":"user","content":"A very private description of a customer."}],"temperature":0.01,"max_tokens":1024,"stream":false,"response_format":{"type":"json_object"},"authorization":"Bearer sk-very-secret-1"}""",
            handler.SentBody
        );
    }

    [Fact]
    public async Task OpenAi_gets_the_token_in_the_header_alone_and_the_model()
    {
        var (handler, client) = Recording(OpenAi);

        await client.GetResponseAsync(Messages, new ChatOptions { Temperature = 0, TopP = 0.5f }, Cancel);

        Assert.Equal("Bearer sk-very-secret-1", handler.SentAuthorization);
        Assert.Equal(
            """{"model":"small-1","messages":[{"role":"system","content":"Answer with one record."},{"role":"user","content":"A very private description of a customer."}],"temperature":0,"top_p":0.5,"stream":false}""",
            handler.SentBody
        );
    }

    [Theory]
    [InlineData(true, """{"type":"json_object","schema":{"type":"object"}}""")]
    [InlineData(false, """{"type":"json_schema","json_schema":{"name":"record","schema":{"type":"object"}}}""")]
    public async Task A_schema_is_sent_in_the_servers_dialect(bool ratio1, string expected)
    {
        var (handler, client) = Recording(ratio1 ? Ratio1 : OpenAi);

        await client.GetResponseAsync(
            Messages,
            new ChatOptions
            {
                ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""u8)),
            },
            Cancel
        );

        using var body = JsonDocument.Parse(handler.SentBody!);
        Assert.Equal(expected, body.RootElement.GetProperty("response_format").GetRawText());
    }

    private static (StubHandler Handler, InferenceChatClient Client) Recording(InferenceSettings settings)
    {
        var handler = new StubHandler("""{"result":{"TEXT_RESPONSE":"t"}}""");
        return (handler, NewClient(new HttpClient(handler), settings, TimeProvider.System));
    }

    private static InferenceChatClient Client(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        NewClient(new HttpClient(new StubHandler(body, status)), Ratio1, TimeProvider.System);

    private static InferenceChatClient NewClient(HttpClient http, InferenceSettings settings, TimeProvider clock) =>
        new(
            http,
            settings,
            new ServerWords(settings),
            new RequestShapes(settings, NullLogger<RequestShapes>.Instance),
            clock
        );

    private static async Task<InferenceException> FailsAsync(
        InferenceChatClient client,
        InferenceFailure failure,
        string sentence
    )
    {
        var exception = await Assert.ThrowsAsync<InferenceException>(() =>
            client.GetResponseAsync(Messages, cancellationToken: Cancel)
        );
        Assert.Equal((failure, sentence), (exception.Failure, exception.Message));
        return exception;
    }
}
