using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DataGen.Tests.Runner;

/// <summary>One call to the fake inference server and the ways to answer it.</summary>
/// <param name="Context">The HTTP exchange.</param>
/// <param name="Body">What was asked.</param>
/// <param name="Index">The record's index; -1 when the messages name none.</param>
/// <param name="Attempt">Which call for this record, from 1.</param>
/// <param name="Number">Which call of all, from 1.</param>
internal sealed record FakeCall(HttpContext Context, JsonElement Body, int Index, int Attempt, int Number)
{
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>A good record that tells its index.</summary>
    public Task RecordAsync() =>
        ContentAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"id": {{Index}}, "name": "Ana Díaz"}"""));

    /// <summary>A Ratio1 answer with this text.</summary>
    public Task ContentAsync(string content, string finishReason = "stop", (int Input, int Output)? tokens = null) =>
        JsonAsync(
            $$"""
            {"server_node_addr":"0xai_fake","result":{"REQUEST_ID":"r1","MODEL_NAME":"fake-model","TEXT_RESPONSE":{{Quoted(
                content
            )}},
             "FULL_OUTPUT":{"id":"c1","object":"chat.completion","created":1,"model":"fake-model",
             "choices":[{"index":0,"message":{"role":"assistant","content":{{Quoted(
                content
            )}}},"logprobs":null,"finish_reason":"{{finishReason}}"}],
             "usage":{"prompt_tokens":{{tokens?.Input ?? 30}},"completion_tokens":{{tokens?.Output ?? 12}},"total_tokens":42} } } }
            """
        );

    /// <summary>This body, as JSON.</summary>
    public Task JsonAsync(string body, int status = 200)
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentType = "application/json";
        return Context.Response.WriteAsync(body, Aborted);
    }

    /// <summary>This status with a Ratio1 error body.</summary>
    public Task FailAsync(int status, string error = "it broke", int? retryAfterSeconds = null)
    {
        if (retryAfterSeconds is { } seconds)
        {
            Context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return JsonAsync(
            $$"""{"detail": {"ee_node_alias":"fake","error":{{Quoted(error)}},"status_code":{{status}} } }""",
            status
        );
    }

    /// <summary>No answer until the caller gives up.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, Aborted);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
