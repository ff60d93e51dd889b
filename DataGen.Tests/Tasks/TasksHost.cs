using System.Diagnostics.Metrics;
using DataGen.Contracts;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Tasks;

/// <summary>The tasks service on real ports over a store in memory.</summary>
internal sealed class TasksHost : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-tests-that-is-long-enough";
    private readonly WebApplication app;
    private readonly GrpcChannel channel;
    private readonly IdentityTokens identity;

    private TasksHost(WebApplication app, Uri address, TimeProvider wall)
    {
        this.app = app;
        identity = new IdentityTokens(Secret, wall);
        Address = address;
        channel = GrpcChannel.ForAddress(address);
        Client = new Contracts.Tasks.TasksClient(channel);
    }

    public Contracts.Tasks.TasksClient Client { get; }

    public Uri Address { get; }

    /// <summary>Where its instruments are found.</summary>
    public IMeterFactory Meters => app.Services.GetRequiredService<IMeterFactory>();

    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Where the silo takes calls from processes that are no silos; null when nowhere.</summary>
    public SiloAddress? SiloGateway => Silo.GatewayAddress;

    public ILocalSiloDetails Silo => app.Services.GetRequiredService<ILocalSiloDetails>();

    /// <summary>The calls that its grains get.</summary>
    public GrainCalls GrainCalls => app.Services.GetRequiredService<GrainCalls>();

    public static Task<TasksHost> StartAsync(
        ICStore store,
        Uri runner,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] settings
    ) => StartAsync(store, runner, TimeProvider.System, cancellationToken, settings);

    /// <param name="wall">The machine's clock.</param>
    public static async Task<TasksHost> StartAsync(
        ICStore store,
        Uri runner,
        TimeProvider wall,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] settings
    )
    {
        var calls = new GrainCalls();
        var app = DataGen.Tasks.Program.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Tasks" },
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["DATAGEN_SESSION_SECRET"] = Secret,
                        ["EE_CHAINSTORE_API_HOST"] = "127.0.0.1:9",
                        ["Services:runner:grpc:0"] = runner.ToString(),
                        ["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0",
                        ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
                        ["DATAGEN_TASKS_PER_MINUTE"] = "1000",
                    }
                );
                builder.Configuration.AddInMemoryCollection(
                    settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)
                );
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(wall);
                builder.Services.AddSingleton(store);
                builder.Services.AddSingleton(calls);
                builder.Services.AddSingleton<IIncomingGrainCallFilter>(calls);
            }
        );
        await app.StartAsync(cancellationToken);
        return new TasksHost(
            app,
            new Uri(
                app.Services.GetRequiredService<IServer>()
                    .Features.GetRequiredFeature<IServerAddressesFeature>()
                    .Addresses.First()
            ),
            wall
        );
    }

    public Metadata As(string username, string role = "user") =>
        new() { { "authorization", $"Bearer {identity.Issue(username, role)}" } };

    public async Task<TaskDetail> CreateAsync(int count, string owner = "ada") =>
        await Client.CreateAsync(
            new CreateTaskRequest
            {
                Spec = new GenerationSpec { Prompt = "A customer: id, name", Count = count },
            },
            As(owner)
        );

    public async Task<TaskDetail> GetAsync(string id, string owner = "ada") =>
        await Client.GetAsync(new TaskReference { Id = id }, As(owner));

    public Task<TaskDetail> EndAsync(string id, CancellationToken cancellationToken, string owner = "ada") =>
        Eventually.GetAsync(() => GetAsync(id, owner), detail => IsFinal(detail.Task.Status));

    public async Task<IReadOnlyList<GeneratedRecord>> RecordsAsync(string id, string owner = "ada")
    {
        var records = new List<GeneratedRecord>();
        while (true)
        {
            var page = await Client.ListRecordsAsync(
                new ListRecordsRequest
                {
                    Id = id,
                    Offset = records.Count,
                    Limit = 1000,
                },
                As(owner)
            );
            records.AddRange(page.Items);
            if (records.Count >= page.Total || page.Items.Count == 0)
            {
                return records;
            }
        }
    }

    public async Task<byte[]> ExportAsync(string id, ExportFormat format, bool partial = false, string owner = "ada")
    {
        using var call = Client.Export(
            new ExportTaskRequest
            {
                Id = id,
                Format = format,
                Partial = partial,
            },
            As(owner)
        );
        using var file = new MemoryStream();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            if (chunk.PartCase == ExportChunk.PartOneofCase.Data)
            {
                chunk.Data.WriteTo(file);
            }
        }

        return file.ToArray();
    }

    public async Task<Metrics> MetricsAsync() => await Client.GetMetricsAsync(new Empty(), As("ada"));

    public static bool IsFinal(GenerationTaskStatus status) =>
        status is GenerationTaskStatus.Succeeded or GenerationTaskStatus.Failed or GenerationTaskStatus.Cancelled;

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
