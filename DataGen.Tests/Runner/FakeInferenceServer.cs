using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Runner;

/// <summary>An inference server on a port of its own that answers as the test says, and remembers what it was
/// asked.</summary>
internal sealed partial class FakeInferenceServer : IAsyncDisposable
{
    private readonly Func<FakeCall, Task> answer;
    private readonly ConcurrentDictionary<int, int> calls = new();
    private readonly ConcurrentQueue<JsonElement> asked = new();
    private WebApplication app;
    private int inFlight;
    private int maxInFlight;
    private int total;
    private int aborted;

    private FakeInferenceServer(Func<FakeCall, Task> answer, int port)
    {
        this.answer = answer;
        app = Build(port);
    }

    public string Url { get; private set; } = "";

    public int Calls => Volatile.Read(ref total);

    public int InFlight => Volatile.Read(ref inFlight);

    public int MaxInFlight => Volatile.Read(ref maxInFlight);

    /// <summary>Calls whose caller went away before the answer.</summary>
    public int Aborted => Volatile.Read(ref aborted);

    /// <summary>The bodies of all calls, in order.</summary>
    public IReadOnlyCollection<JsonElement> Asked => asked;

    /// <summary>Calls by record index.</summary>
    public IReadOnlyDictionary<int, int> CallsByIndex => calls;

    public static Task<FakeInferenceServer> StartAsync(TimeSpan latency) =>
        StartAsync(async call =>
        {
            await Task.Delay(latency, call.Aborted);
            await call.RecordAsync();
        });

    public static async Task<FakeInferenceServer> StartAsync(Func<FakeCall, Task> answer, int port = 0)
    {
        var server = new FakeInferenceServer(answer, port);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Url = server.app.Urls.Single();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        app.Run(HandleAsync);
        return app;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var now = Interlocked.Increment(ref inFlight);
        InterlockedMax(ref maxInFlight, now);
        try
        {
            using var document = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            var body = document.RootElement.Clone();
            asked.Enqueue(body);
            // A correction follows the message that names the record.
            var said = body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content"));
            var match = RecordNumber().Match(string.Join('\n', said));
            var index = match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1 : -1;
            var attempt = calls.AddOrUpdate(index, 1, (_, count) => count + 1);
            await answer(new FakeCall(context, body, index, attempt, Interlocked.Increment(ref total)));
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref aborted);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    [GeneratedRegex(@"This is record (\d+) of \d+")]
    private static partial Regex RecordNumber();
}
