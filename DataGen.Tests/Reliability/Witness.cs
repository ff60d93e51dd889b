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
/// Stands between the Runners and the model and writes down for which record each call is. Its notes are kept in eras,
/// from one kill to the next.
/// </summary>
internal sealed partial class Witness : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;
    private readonly Lock gate = new();
    private Dictionary<CallKey, CallsOfRecord> era = [];
    private int inFlight;

    private Witness(Uri model)
    {
        http = new HttpClient { BaseAddress = model };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Map("/create_chat_completion", (RequestDelegate)PassOnAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Calls that have begun and not ended.</summary>
    public int InFlight
    {
        get
        {
            lock (gate)
            {
                return inFlight;
            }
        }
    }

    public static async Task<Witness> StartAsync(Uri model, CancellationToken cancellationToken)
    {
        var witness = new Witness(model);
        await witness.app.StartAsync(cancellationToken);
        witness.Address = new Uri(witness.app.Urls.Single());
        return witness;
    }

    /// <summary>Ends an era and returns its notes. What is in flight now still ends in them.</summary>
    public IReadOnlyDictionary<CallKey, CallsOfRecord> NextEra()
    {
        lock (gate)
        {
            var ended = era;
            era = [];
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
        var notes = Begin(ReadKey(Encoding.UTF8.GetString(body.ToArray())));
        try
        {
            using var content = new ByteArrayContent(body.ToArray());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
            using var answer = await http.PostAsync(context.Request.Path, content, context.RequestAborted);
            var bytes = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
            Answered(notes, answer.IsSuccessStatusCode);
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

    private CallsOfRecord Begin(CallKey call)
    {
        lock (gate)
        {
            inFlight++;
            var notes = era.TryGetValue(call, out var known) ? known : era[call] = new CallsOfRecord();
            notes.Begun.Add(DateTime.UtcNow);
            return notes;
        }
    }

    private void Answered(CallsOfRecord notes, bool isGood)
    {
        lock (gate)
        {
            notes.Answered += isGood ? 1 : 0;
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
