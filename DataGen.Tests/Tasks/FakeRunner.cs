using System.Collections.Concurrent;
using System.Text;
using DataGen.Contracts;
using DataGen.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Tasks;

/// <summary>A Runner whose answers a test decides, on a real HTTP/2 port.</summary>
internal sealed class FakeRunner : Contracts.Runner.RunnerBase, IAsyncDisposable
{
    private WebApplication? app;
    private int openLeases;

    /// <summary>Every request, in order.</summary>
    public ConcurrentQueue<RunRequest> Requests { get; } = [];

    /// <summary>The <c>traceparent</c> that each request came with.</summary>
    public ConcurrentQueue<string?> TraceParents { get; } = [];

    /// <summary>How often each index was handed over.</summary>
    public ConcurrentDictionary<int, int> Delivered { get; } = [];

    /// <summary>How many leases are open.</summary>
    public int OpenLeases => openLeases;

    /// <summary>The record that is made of an index; an error where it starts with "!".</summary>
    public Func<int, string> Make { get; set; } = index => $$"""{"id":{{index}},"name":"Zoë {{index}}"}""";

    /// <summary>Runs before each record; may wait or throw.</summary>
    public Func<int, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>A reason ends a run at its start; null lets it go on.</summary>
    public Func<RunRequest, string?> Fatal { get; set; } = _ => null;

    /// <summary>A status ends a call before its answer begins; null lets it go on.</summary>
    public Func<RunRequest, Status?> Refuses { get; set; } = _ => null;

    /// <summary>Sent once at the start of each run, if any.</summary>
    public RunUpdate? First { get; set; }

    public Uri Address { get; private set; } = null!;

    public static async Task<FakeRunner> StartAsync(CancellationToken cancellationToken)
    {
        var runner = new FakeRunner();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhostFree());
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(runner);
        runner.app = builder.Build();
        runner.app.MapGrpcService<FakeRunner>();
        await runner.app.StartAsync(cancellationToken);
        runner.Address = new Uri(runner.app.Urls.Single());
        return runner;
    }

    public override Task<RunnerLoad> GetLoad(GetLoadRequest request, ServerCallContext context) =>
        Task.FromResult(new RunnerLoad { Instance = Address.ToString(), Runs = OpenLeases });

    public override async Task Run(
        IAsyncStreamReader<RunRequest> requestStream,
        IServerStreamWriter<RunUpdate> responseStream,
        ServerCallContext context
    )
    {
        await requestStream.MoveNext(context.CancellationToken);
        var request = requestStream.Current;
        Requests.Enqueue(request);
        TraceParents.Enqueue(context.RequestHeaders.GetValue("traceparent"));
        if (Refuses(request) is { } refusal)
        {
            throw new RpcException(refusal);
        }

        Interlocked.Increment(ref openLeases);
        try
        {
            await context.WriteResponseHeadersAsync([]);
            if (First is { } first)
            {
                await responseStream.WriteAsync(first);
            }

            if (Fatal(request) is { } reason)
            {
                await responseStream.WriteAsync(new RunUpdate { Fatal = new Fatal { Reason = reason } });
                return;
            }

            foreach (
                var index in request.Ranges.SelectMany(range =>
                    Enumerable.Range(range.First, range.Last - range.First + 1)
                )
            )
            {
                var started = new RunUpdate();
                started.Started.Add(
                    new AttemptStarted
                    {
                        Index = index,
                        Attempt = 1,
                        StartedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
                    }
                );
                await responseStream.WriteAsync(started, context.CancellationToken);
                await Before(index, context.CancellationToken);
                var ended = new RunUpdate();
                ended.Ended.Add(Result(index));
                Delivered.AddOrUpdate(index, 1, (_, times) => times + 1);
                await responseStream.WriteAsync(ended, context.CancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref openLeases);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app!.StopAsync(hurry.Token);
        await app.DisposeAsync();
    }

    public GeneratedRecord Result(int index)
    {
        var made = Make(index);
        var result = new GeneratedRecord
        {
            Index = index,
            Attempts = 1,
            Tokens = new TokenUsage { Input = 10, Output = 5 },
            DurationMs = 7,
        };
        if (made.StartsWith('!'))
        {
            result.Error = made[1..];
            result.Answer = $"The answer was: {made[1..]}";
        }
        else
        {
            result.Data = ByteString.CopyFrom(made, Encoding.UTF8);
        }

        return result;
    }
}
