using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Reliability;

/// <summary>
/// A proxy between the Runners and the model that records which record each call is for. Calls are kept by period, from
/// one kill to the next.
/// </summary>
internal sealed partial class CallRecorder : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.5);
    private readonly WebApplication app;
    private readonly HttpClient http;
    private readonly Lock gate = new();
    private Dictionary<CallKey, RecordCalls> period = [];
    private int inFlight;
    private DateTime lastBegun;

    private CallRecorder(Uri model)
    {
        http = new HttpClient { BaseAddress = model };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Map("/create_chat_completion", (RequestDelegate)PassOnAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether no call is in flight and none has begun of late: a Runner may begin another before it notices
    /// that a peer has gone.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (gate)
            {
                return inFlight == 0 && DateTime.UtcNow - lastBegun > Quiet;
            }
        }
    }

    public static async Task<CallRecorder> StartAsync(Uri model, CancellationToken cancellationToken)
    {
        var recorder = new CallRecorder(model);
        await recorder.app.StartAsync(cancellationToken);
        recorder.Address = new Uri(recorder.app.Urls.Single());
        return recorder;
    }

    /// <summary>Ends a period and returns its calls. A call in flight now still counts its answer there.</summary>
    public IReadOnlyDictionary<CallKey, RecordCalls> NextPeriod()
    {
        lock (gate)
        {
            var ended = period;
            period = [];
            return ended;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var made = Begin(ReadKey(Encoding.UTF8.GetString(body.ToArray())));
        try
        {
            using var content = new ByteArrayContent(body.ToArray());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
            using var answer = await http.PostAsync(context.Request.Path, content, context.RequestAborted);
            var bytes = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
            Answered(made, answer.IsSuccessStatusCode);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The Runner has gone.
        }
        finally
        {
            End();
        }
    }

    private static CallKey ReadKey(string body)
    {
        var match = Prompt().Match(body);
        return new CallKey(
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) - 1
        );
    }

    private RecordCalls Begin(CallKey call)
    {
        lock (gate)
        {
            inFlight++;
            lastBegun = DateTime.UtcNow;
            var made = period.TryGetValue(call, out var known) ? known : period[call] = new RecordCalls();
            made.Begun.Add(DateTime.UtcNow);
            return made;
        }
    }

    private void Answered(RecordCalls made, bool isGood)
    {
        lock (gate)
        {
            made.Answered += isGood ? 1 : 0;
        }
    }

    private void End()
    {
        lock (gate)
        {
            inFlight--;
        }
    }

    [GeneratedRegex(@"book shop No\. (\d+):.*This is record (\d+) of ")]
    private static partial Regex Prompt();
}
