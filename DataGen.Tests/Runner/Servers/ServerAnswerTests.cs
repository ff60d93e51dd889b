using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Tests.Runner.Servers;

/// <summary>The Runner against answers of real servers that went wrong, in <c>cases.json</c>: what becomes of the
/// records, in how many calls, and what is said about it.</summary>
public sealed class ServerAnswerTests
{
    private const string Key = "sk-Very-Secret-Key-0123456789";

    /// <summary>Answer, for which calls of three records made one after another it is given (else a good one), how many
    /// records are good, in how many calls, and the sentence of each failed attempt.</summary>
    public static TheoryData<string, string, int, int, string> Answers =>
        new()
        {
            {
                "f5-400-json-validate-failed",
                "first call",
                3,
                4,
                "The inference server found no JSON in the model's answer (400)."
            },
            {
                "f5-400-content-filter",
                "first record",
                2,
                3,
                "The inference server's content filter refused the record (400). It said: filtered"
            },
            { "f6-200-choice-error-429", "first call", 3, 4, "The inference server limits the rate of calls (429)." },
            {
                "own-200-rate-limit-sentence",
                "first call",
                3,
                4,
                "The inference server limits the rate of calls (429)."
            },
            { "own-200-rate-limit-word", "first call", 3, 4, "The inference server limits the rate of calls (429)." },
            { "own-200-error-number", "first call", 3, 4, "The inference server limits the rate of calls (429)." },
            { "own-200-error-list", "first call", 3, 4, "The inference server limits the rate of calls (429)." },
            { "own-200-object-error", "first call", 3, 4, "The inference server limits the rate of calls (429)." },
            {
                "own-400-content-exists-risk",
                "first record",
                2,
                3,
                "The inference server's content filter refused the record (400). It said: Content Exists Risk"
            },
            {
                "own-403-moderation-blocked",
                "first record",
                2,
                3,
                "The inference server's content filter refused the record (403). It said: blocked"
            },
            { "own-two-results", "first call", 3, 4, "The inference server's answer holds no text." },
            { "own-parts-that-are-no-text", "first call", 3, 4, "The inference server's answer holds no text." },
            { "f7-400-json-object-unsupported", "response_format", 3, 4, "" },
            { "f7-400-max-tokens-unsupported", "max_tokens", 3, 4, "" },
            { "f7-sse-when-stream-missing", "no stream", 3, 3, "" },
            { "f10-empty-length", "first record", 2, 4, "The answer was cut off at 20 tokens." },
            { "f10-refusal", "first record", 2, 3, "The model refused the record. It said: no" },
            { "f11-lone-surrogate", "first call", 3, 4, "The answer holds half a surrogate pair." },
        };

    /// <summary>Answer, and the sentence that ends the run at once when it comes after two good records.</summary>
    public static TheoryData<string, string> Ends =>
        new()
        {
            {
                "f6-402-after-good",
                "The inference server says that there is no credit left (402). It said: no credits"
            },
            {
                "f6-429-insufficient-quota",
                "The inference server says that there is no credit left (429). It said: quota used up"
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_run_survives_it_as_the_table_says(
        string name,
        string when,
        int good,
        int calls,
        string sentence
    )
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            IsMet(when, call) ? ServerAnswer.Named(name).GiveAsync(call) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(3));

        Assert.Null(run.Fatal);
        Assert.Equal(Enumerable.Range(0, 3), run.Indices);
        Assert.Equal(good, run.Ended.Count(record => record.HasData));
        Assert.Equal(calls, inference.Calls);
        Assert.Equal(
            sentence.Length == 0 ? [] : [sentence],
            run.Retrying.Select(attempt => attempt.Reason)
                .Concat(run.Ended.Where(record => record.HasError).Select(record => record.Error))
                .Distinct()
        );
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_run_ends_at_once_when_there_is_no_credit_and_keeps_what_is_made(string name, string sentence)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index < 2 ? call.RecordAsync() : ServerAnswer.Named(name).GiveAsync(call)
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(10));

        Assert.Equal(sentence, run.Fatal);
        Assert.Equal([0, 1], run.Indices);
        Assert.Equal(3, inference.Calls);
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_answer_is_no_part_of_it()
    {
        await using var inference = await FakeInferenceServer.StartAsync(ServerAnswer.Named("f11-bom-body").GiveAsync);
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(1));

        Assert.Equal("""{"a":1}""", RunSummary.Json(run.Record(0)));
    }

    [Fact]
    public void Every_answer_is_in_a_test() =>
        Assert.Equal(
            ServerAnswer.Names.Order(),
            Answers
                .Select(row => row.Data.Item1)
                .Concat(Ends.Select(row => row.Data.Item1))
                .Concat(["f11-bom-body", Inference.AskedWaitTests.Answer])
                .Order()
        );

    [Fact]
    public async Task What_the_server_does_not_take_is_told_once_and_remembered()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            IsMet("response_format", call)
                ? ServerAnswer.Named("f7-400-json-object-unsupported").GiveAsync(call)
                : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var first = await host.RunToEndAsync(OneAfterAnother(2));
        var second = await host.RunToEndAsync(OneAfterAnother(2));

        Assert.Equal(("none", "none", 5), (first.ResponseFormat, second.ResponseFormat, inference.Calls));
    }

    [Fact]
    public async Task A_server_that_rejects_every_shape_of_a_request_ends_the_run_with_its_first_words()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.FailAsync(400, call.Body.TryGetProperty("response_format", out _) ? "unknown role" : "later words")
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(10));

        Assert.Equal("The inference server did not accept the request (400). It said: unknown role", run.Fatal);
        Assert.Equal([0, 1], run.Indices);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(405)]
    [InlineData(413)]
    public async Task What_is_no_refusal_of_a_member_is_asked_once(int status)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.FailAsync(status));
        await using var host = await RunnerHost.StartAsync(inference);

        await host.RunToEndAsync(OneAfterAnother(1));

        Assert.Equal(1, inference.Calls);
    }

    [Fact]
    public async Task One_odd_refusal_costs_one_record()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Index == 0 ? call.FailAsync(418) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(5));

        Assert.Null(run.Fatal);
        Assert.Equal([1, 2, 3, 4], run.Ended.Where(record => record.HasData).Select(record => record.Index).Order());
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_path_that_is_gone_for_a_moment_costs_attempts_and_no_task(int status)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.Number == 3 ? call.FailAsync(status) : call.RecordAsync()
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(5));

        Assert.Null(run.Fatal);
        Assert.All(run.Ended, record => Assert.True(record.HasData));
        Assert.Equal(6, inference.Calls);
    }

    [Theory]
    [InlineData(
        """{"choices":[{"message":{"content":"","reasoning_content":"{\"a\":1}"},"finish_reason":"stop"}]}""",
        "The answer is empty: all the model wrote is in the member for its reasoning.",
        """{"a":1}"""
    )]
    [InlineData(
        """{"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"answer","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""",
        "The answer is empty: the model calls a tool instead (tool_calls).",
        ""
    )]
    [InlineData(
        """{"choices":[{"message":{"content":null,"function_call":{"name":"answer","arguments":"{\"a\":1}"}},"finish_reason":"function_call"}]}""",
        "The answer is empty: the model calls a tool instead (function_call).",
        ""
    )]
    [InlineData(
        """{"choices":[{"message":{"content":"{\"a\":1}"},"finish_reason":"max_tokens"}],"usage":{"completion_tokens":9}}""",
        "The answer was cut off at 9 tokens.",
        """{"a":1}"""
    )]
    [InlineData(
        """{"choices":[{"message":{"content":"{\"a\":1}"},"finish_reason":"MAX_TOKENS"}],"usage":{"completion_tokens":9}}""",
        "The answer was cut off at 9 tokens.",
        """{"a":1}"""
    )]
    [InlineData(
        """{"choices":[{"message":{"content":"I am sorry, I can not do that."},"finish_reason":"stop"}]}""",
        "The answer holds no JSON object.",
        "I am sorry, I can not do that."
    )]
    [InlineData(
        """{"choices":[{"message":{"content":"{\"a\":"},"finish_reason":"content_filter"}]}""",
        "The inference server's content filter stopped the answer.",
        """{"a":"""
    )]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n",
        "The inference server streams its answer, though it was told not to.",
        "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n"
    )]
    public async Task The_reason_tells_the_truth_and_the_last_answer_is_kept(string body, string reason, string answer)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call => call.JsonAsync(body));
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Equal((reason, answer), (record.Error, record.Answer));
    }

    [Fact]
    public async Task The_tokens_of_cut_off_answers_are_counted()
    {
        await using var inference = await FakeInferenceServer.StartAsync(
            ServerAnswer.Named("f10-empty-length").GiveAsync
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Equal((2, new TokenUsage { Input = 20, Output = 40 }), (record.Attempts, record.Tokens));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("X-GZip")]
    public async Task A_compressed_answer_is_unpacked(string encoding)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            CompressedAsync(call, """{"choices":[{"message":{"content":"{\"a\":1}"}}]}""", truncated: false, encoding)
        );
        await using var host = await RunnerHost.StartAsync(inference);

        var run = await host.RunToEndAsync(OneAfterAnother(1));

        Assert.Equal("""{"a":1}""", RunSummary.Json(run.Record(0)));
    }

    [Theory]
    [InlineData(true, 100, "gzip", "cannot be unpacked")]
    [InlineData(true, 100, "x-gzip", "cannot be unpacked")]
    [InlineData(false, 64 * 1024 * 1024, "gzip", "too large")]
    [InlineData(false, 64 * 1024 * 1024, "x-gzip", "too large")]
    public async Task A_compressed_answer_that_is_damaged_or_endless_fails_the_attempt(
        bool damaged,
        int size,
        string encoding,
        string reason
    )
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            CompressedAsync(call, new string(' ', size), damaged, encoding)
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Contains(reason, record.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", Key)]
    [InlineData("upper case", "SK-VERY-SECRET-KEY-0123456789")]
    [InlineData("cut", "sk-Very-Secret…")]
    [InlineData("the end alone", "…0123456789")]
    [InlineData("split", "sk-Very-Secret- Key-01234\n56789")]
    [InlineData("base64", "c2stVmVyeS1TZWNyZXQtS2V5LTAxMjM0NTY3ODk=")]
    // Bearer and the key together.
    [InlineData("base64 after other bytes", "NrLVZlcnktU2VjcmV0LUtleS0wMTIzNDU2Nzg5")]
    [InlineData("hexadecimal", "736b2d566572792d5365637265742d4b65792d30313233343536373839")]
    [InlineData("hexadecimal in upper case", "736B2D566572792D5365637265742D4B65792D30313233343536373839")]
    [InlineData(
        "hexadecimal with colons",
        "73:6b:2d:56:65:72:79:2d:53:65:63:72:65:74:2d:4b:65:79:2d:30:31:32:33:34:35"
    )]
    [InlineData("percent-encoded", "sk%2DVery%2DSecret%2DKey%2D0123456789")]
    [InlineData(
        "percent-encoded throughout",
        "%73%6b%2d%56%65%72%79%2d%53%65%63%72%65%74%2d%4b%65%79%2d%30%31%32%33%34%35%36%37%38%39"
    )]
    [InlineData(
        "JSON-escaped",
        "\\u0073\\u006b\\u002d\\u0056\\u0065\\u0072\\u0079\\u002d\\u0053\\u0065\\u0063\\u0072\\u0065\\u0074\\u002d\\u004b\\u0065\\u0079\\u002d\\u0030\\u0031\\u0032\\u0033\\u0034\\u0035\\u0036\\u0037\\u0038\\u0039"
    )]
    [InlineData(
        "JSON-escaped in part",
        "s\\u006B-\\u0056e\\u0072y\\u002DS\\u0065c\\u0072e\\u0074-\\u004Be\\u0079-\\u00301\\u00323\\u00345\\u00367\\u00389"
    )]
    public async Task The_key_is_hidden_however_a_server_repeats_it(string form, string echo)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.FailAsync(400, $"Your key QmVhcmVyIH{echo} is odd")
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_INFERENCE_API_KEY", Key));

        var record = (await host.RunToEndAsync(OneAfterAnother(2))).Record(0);

        Assert.Equal((form, "The inference server did not accept the request (400)."), (form, record.Error));
        Assert.Contains("Your key ", record.Answer, StringComparison.Ordinal);
        Assert.Contains(" is odd", record.Answer, StringComparison.Ordinal);
        var shown = new string([.. record.Answer.Where(char.IsAsciiLetterOrDigit)]);
        Assert.DoesNotContain(
            Stretches(new string([.. echo.Where(char.IsAsciiLetterOrDigit)])),
            part => shown.Contains(part, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Theory]
    [InlineData("sk-Very-Secret-Key-0123456789")]
    [InlineData("Bearer SK-VERY-SECRET-KEY-0123456789.")]
    [InlineData("\\u0073k-Very-Secret-Key-0123456789")]
    [InlineData("QmVhcmVyIHNrLVZlcnktU2VjcmV0LUtleS0wMTIzNDU2Nzg5")]
    [InlineData("736b2d566572792d5365637265742d4b65792d30313233343536373839")]
    [InlineData("736B2D566572792D5365637265742D4B65792D30313233343536373839")]
    [InlineData("%73%6b%2d%56%65%72%79%2d%53%65%63%72%65%74%2d%4b%65%79%2d%30%31%32%33%34%35%36%37%38%39")]
    [InlineData("sk%2DVery%2DSecret%2DKey%2D0123456789")]
    public async Task A_record_that_holds_the_key_is_not_taken(string value)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.ContentAsync($$"""{"token":"{{value}}"}""")
        );
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_INFERENCE_API_KEY", Key),
            ("DATAGEN_MAX_ATTEMPTS", "1")
        );

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Equal("The record holds the inference server's API key.", record.Error);
        Assert.DoesNotContain("0123456789", record.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("dmVyeS", record.Answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_record_that_holds_a_word_given_for_a_key_is_taken()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.ContentAsync("""{"note":"Ships anything anywhere."}""")
        );
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_INFERENCE_API_KEY", "anything"),
            ("DATAGEN_MAX_ATTEMPTS", "1")
        );

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Equal("""{"note":"Ships anything anywhere."}""", RunSummary.Json(record));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("false")]
    public async Task An_error_that_says_nothing_is_none(string error)
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            call.JsonAsync($$$"""{"error":{{{error}}},"choices":[{"message":{"content":"{\"a\":1}"}}]}""")
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Equal(("""{"a":1}""", ""), (record.Data.ToStringUtf8(), record.Error));
    }

    [Fact]
    public async Task Of_a_long_answer_the_first_four_kilobytes_are_kept()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("日", 3000));
        await using var inference = await FakeInferenceServer.StartAsync(call => call.ContentAsync(text));
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_ATTEMPTS", "1"));

        var record = (await host.RunToEndAsync(OneAfterAnother(1))).Record(0);

        Assert.Equal(text[..1366], record.Answer);
    }

    private static bool IsMet(string when, FakeCall call) =>
        when switch
        {
            "first call" => call.Number == 1,
            "first record" => call.Index == 0,
            "no stream" => !call.Body.TryGetProperty("stream", out var stream)
                || stream.ValueKind != JsonValueKind.False,
            var member => call.Body.TryGetProperty(member, out _),
        };

    private static RunRequest OneAfterAnother(int records)
    {
        var request = RunnerHost.Request(records);
        request.Spec.Concurrency = 1;
        return request;
    }

    private static IEnumerable<string> Stretches(string text) =>
        Enumerable
            .Range(0, Math.Max(1, text.Length - 7))
            .Select(start => text.Substring(start, Math.Min(8, text.Length)));

    private static async Task CompressedAsync(FakeCall call, string body, bool truncated, string encoding)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(body), call.Aborted);
        }

        var bytes = packed.ToArray();
        if (truncated)
        {
            bytes.AsSpan(10, bytes.Length - 18).Fill(0xFF);
        }

        call.Context.Response.ContentType = "application/json";
        call.Context.Response.Headers.ContentEncoding = encoding;
        await call.Context.Response.Body.WriteAsync(bytes, call.Aborted);
    }
}
