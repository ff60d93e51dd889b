using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataGen.Bench.Floor;

/// <summary>An inference server that costs next to nothing: every call gets another record, after the same time. A
/// process of its own, so that it has a processor of its own.</summary>
internal static class LoadServer
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/v1/chat/completions";

    /// <summary>A POST to it, and from then on two calls of a hundred are refused (429, Retry-After: 1) and one fails
    /// (500).</summary>
    public const string Faults = "/faults";

    /// <summary>A GET of it: when each of its answers was sent, a line of the machine's ticks for each.</summary>
    public const string Answered = "/answered";

    /// <summary>Serves until the process is ended; the first line of its output is its address.</summary>
    /// <param name="latency">How long each answer takes.</param>
    public static async Task RunAsync(TimeSpan latency)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var calls = 0;
        var isFaulty = false;
        var answered = new ConcurrentQueue<long>();
        app.MapGet(Answered, () => string.Join('\n', answered));
        app.MapPost(Faults, () => isFaulty = true);
        app.MapPost(
            Path,
            async context =>
            {
                var call = Interlocked.Increment(ref calls);
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                if (latency > TimeSpan.Zero)
                {
                    await Task.Delay(latency, context.RequestAborted);
                }

                if (isFaulty && call % 100 is (0 or 33 or 66))
                {
                    context.Response.StatusCode = call % 100 == 0 ? 500 : 429;
                    context.Response.Headers.RetryAfter = call % 100 == 0 ? default : "1";
                    return;
                }

                var answer = Answer(call);
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = answer.Length;
                answered.Enqueue(Stopwatch.GetTimestamp());
                await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
            }
        );
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await app.WaitForShutdownAsync();
    }

    private static byte[] Answer(int call) =>
        Encoding.UTF8.GetBytes(
            $$$"""
            {"id":"c{{{call}}}","object":"chat.completion","model":"bench","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"id\":{{{call}}},\"name\":\"Customer {{{call}}}\",\"email\":\"c{{{call}}}@example.com\",\"age\":41,\"country\":\"Portugal\",\"genre\":\"Crime\",\"points\":7}"}}],"usage":{"prompt_tokens":210,"completion_tokens":48,"total_tokens":258}}
            """
        );
}
