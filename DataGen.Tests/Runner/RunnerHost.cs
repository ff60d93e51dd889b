using DataGen.Contracts;
using DataGen.ServiceDefaults.Identity;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RunnerProgram = DataGen.Runner.Program;

namespace DataGen.Tests.Runner;

/// <summary>The real Runner on a port of its own, and a client that speaks to it as Tasks does.</summary>
internal sealed class RunnerHost : IAsyncDisposable
{
    public const string SessionSecret = "0123456789abcdef0123456789abcdef";

    private readonly GrpcChannel channel;

    private RunnerHost(WebApplication app)
    {
        App = app;
        GrpcUrl = app.Urls.First();
        HttpUrl = app.Urls.Last();
        channel = GrpcChannel.ForAddress(GrpcUrl);
        Client = new Contracts.Runner.RunnerClient(channel);
    }

    public WebApplication App { get; }

    public string GrpcUrl { get; }

    public string HttpUrl { get; }

    public Contracts.Runner.RunnerClient Client { get; }

    public GrpcChannel Channel => channel;

    public static Task<RunnerHost> StartAsync(
        FakeInferenceServer inference,
        params (string Name, string Value)[] settings
    ) => StartAsync(inference.Url, null, settings);

    public static async Task<RunnerHost> StartAsync(
        string inferenceUrl,
        Action<WebApplicationBuilder>? configure,
        params (string Name, string Value)[] settings
    )
    {
        var app = RunnerProgram.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Runner" },
            builder =>
            {
                var values = new Dictionary<string, string?>
                {
                    ["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0",
                    ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
                    ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
                    ["Kestrel:Endpoints:http:Protocols"] = "Http1",
                    ["DATAGEN_SESSION_SECRET"] = SessionSecret,
                    ["DATAGEN_INFERENCE_BASE_URL"] = inferenceUrl,
                };
                foreach (var (name, value) in settings)
                {
                    values[name] = value;
                }

                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection(values);
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            }
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunnerHost(app);
    }

    public static RunRequest Request(int count, string prompt = "A customer: id, name.") =>
        new()
        {
            TaskId = "task-1",
            Spec = new GenerationSpec { Prompt = prompt, Count = count },
            Ranges =
            {
                new IndexRange { First = 0, Last = count - 1 },
            },
        };

    public static Metadata Identity(string role = "service") =>
        new()
        {
            {
                "authorization",
                $"Bearer {new IdentityTokens(SessionSecret, TimeProvider.System).Issue("tasks", role)}"
            },
        };

    /// <summary>A stream by which nothing more will be asked for.</summary>
    public AsyncServerStreamingCall<RunUpdate> Run(RunRequest request, CancellationToken cancellationToken) =>
        Run(Client, request, Identity(), cancellationToken);

    /// <summary>A stream by which nothing more will be asked for.</summary>
    public static AsyncServerStreamingCall<RunUpdate> Run(
        Contracts.Runner.RunnerClient client,
        RunRequest request,
        Metadata headers,
        CancellationToken cancellationToken
    )
    {
        var call = client.Run(headers, cancellationToken: cancellationToken);
        _ = SendAsync();
        return new AsyncServerStreamingCall<RunUpdate>(
            call.ResponseStream,
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose
        );

        async Task SendAsync()
        {
            try
            {
                await call.RequestStream.WriteAsync(request, cancellationToken);
                await call.RequestStream.CompleteAsync();
            }
            catch (Exception exception)
                when (exception is RpcException or InvalidOperationException or OperationCanceledException)
            {
                // The caller that reads the answers gets the same exception.
            }
        }
    }

    /// <summary>Runs to the end of the stream, within a minute.</summary>
    public async Task<RunSummary> RunToEndAsync(RunRequest request)
    {
        var summary = new RunSummary();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromMinutes(1));
        using var call = Run(request, bound.Token);
        await foreach (var update in call.ResponseStream.ReadAllAsync(bound.Token))
        {
            summary.Add(update);
        }

        return summary;
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await App.DisposeAsync();
    }
}
