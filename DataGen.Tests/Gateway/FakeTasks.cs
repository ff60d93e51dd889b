using System.Collections.Concurrent;
using System.Threading.Channels;
using DataGen.ServiceDefaults.Identity;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Proto = DataGen.Tasks.V1;

namespace DataGen.Tests.Gateway;

/// <summary>Tasks as the Gateway meets it: gRPC over h2c, every call with a checked identity token, answers chosen by
/// the test.</summary>
internal sealed class FakeTasks : Proto.Tasks.TasksBase, IAsyncDisposable
{
    private WebApplication? app;

    public ConcurrentQueue<(string Call, string Username, string Role)> Calls { get; } = new();

    public string Address { get; private set; } = "";

    public Func<Proto.CreateTaskRequest, Proto.TaskDetail> OnCreate { get; set; } =
        request => new Proto.TaskDetail { Task = Sample(prompt: request.Prompt, count: request.Count) };

    public Func<Proto.GetTaskRequest, Proto.TaskDetail> OnGet { get; set; } =
        _ => new Proto.TaskDetail { Task = Sample() };

    public Func<Proto.ListTasksRequest, Proto.ListTasksResponse> OnList { get; set; } =
        _ => new Proto.ListTasksResponse();

    public Func<Proto.ListRecordsRequest, Proto.ListRecordsResponse> OnListRecords { get; set; } =
        _ => new Proto.ListRecordsResponse();

    public Func<Proto.WatchTaskRequest, ChannelReader<Proto.TaskProgress>> OnWatch { get; set; } =
        _ => throw NotFound();

    public Func<Proto.CancelTaskRequest, Proto.TaskDetail> OnCancel { get; set; } =
        _ => new Proto.TaskDetail { Task = Sample(Proto.TaskStatus.Cancelled) };

    public Func<Proto.RetryTaskRequest, Proto.TaskDetail> OnRetry { get; set; } =
        _ => new Proto.TaskDetail { Task = Sample() };

    public Func<Proto.DeleteTaskRequest, Proto.DeleteTaskResponse> OnDelete { get; set; } =
        _ => new Proto.DeleteTaskResponse();

    public Func<Proto.ExportTaskRequest, IAsyncEnumerable<Proto.ExportChunk>> OnExport { get; set; } =
        _ => throw NotFound();

    public Func<Proto.Metrics> OnGetMetrics { get; set; } = () => new Proto.Metrics();

    public static Proto.Task Sample(
        Proto.TaskStatus status = Proto.TaskStatus.Running,
        string prompt = "A customer.",
        int count = 3
    ) =>
        new()
        {
            Id = "0197a0b0-0000-7000-8000-000000000001",
            Owner = "ann",
            Title = "A customer.",
            Prompt = prompt,
            Count = count,
            CreatedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc)),
            StartedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 1, DateTimeKind.Utc)),
            FinishedAt =
                status == Proto.TaskStatus.Running
                    ? null
                    : Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 9, DateTimeKind.Utc)),
            Status = status,
            Completed = 1,
            Tokens = new Proto.TokenUsage { Input = 10, Output = 20 },
        };

    public static RpcException NotFound() => new(new Grpc.Core.Status(StatusCode.NotFound, "no such task"));

    public static RpcException Invalid(params (string Field, string Problem)[] fields)
    {
        var details = new BadRequest();
        details.FieldViolations.AddRange(
            fields.Select(field => new BadRequest.Types.FieldViolation
            {
                Field = field.Field,
                Description = field.Problem,
            })
        );
        return new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = "invalid",
            Details = { Any.Pack(details) },
        }.ToRpcException();
    }

    public static RpcException RetryLater(Code code, string message, TimeSpan wait) =>
        new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(wait) }) },
        }.ToRpcException();

    public async Task StartAsync(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = typeof(FakeTasks).Assembly.GetName().Name }
        );
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["urls"] = address,
                [IdentitySettings.SessionSecretName] = GatewayHost.SessionSecret,
            }
        );
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)
        );
        builder.AddIdentityCheck();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGrpcService<FakeTasks>();
        await app.StartAsync();
        Address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
    }

    /// <summary>Goes away as a killed process does: streams break, the port refuses.</summary>
    public async Task StopAsync()
    {
        if (app is { } running)
        {
            app = null;
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await running.StopAsync(now.Token);
            await running.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    public override Task<Proto.TaskDetail> Create(Proto.CreateTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnCreate(request));

    public override Task<Proto.TaskDetail> Get(Proto.GetTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnGet(request));

    public override Task<Proto.ListTasksResponse> List(Proto.ListTasksRequest request, ServerCallContext context) =>
        Answer(context, () => OnList(request));

    public override Task<Proto.ListRecordsResponse> ListRecords(
        Proto.ListRecordsRequest request,
        ServerCallContext context
    ) => Answer(context, () => OnListRecords(request));

    public override Task<Proto.TaskDetail> Cancel(Proto.CancelTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnCancel(request));

    public override Task<Proto.TaskDetail> Retry(Proto.RetryTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnRetry(request));

    public override Task<Proto.DeleteTaskResponse> Delete(Proto.DeleteTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnDelete(request));

    public override Task<Proto.Metrics> GetMetrics(Proto.GetMetricsRequest request, ServerCallContext context) =>
        Answer(context, OnGetMetrics);

    public override async Task Watch(
        Proto.WatchTaskRequest request,
        IServerStreamWriter<Proto.TaskProgress> responseStream,
        ServerCallContext context
    )
    {
        await foreach (
            var progress in (await Answer(context, () => OnWatch(request))).ReadAllAsync(context.CancellationToken)
        )
        {
            await responseStream.WriteAsync(progress, context.CancellationToken);
        }
    }

    public override async Task Export(
        Proto.ExportTaskRequest request,
        IServerStreamWriter<Proto.ExportChunk> responseStream,
        ServerCallContext context
    )
    {
        await foreach (
            var chunk in (await Answer(context, () => OnExport(request))).WithCancellation(context.CancellationToken)
        )
        {
            await responseStream.WriteAsync(chunk, context.CancellationToken);
        }
    }

    private Task<T> Answer<T>(
        ServerCallContext context,
        Func<T> answer,
        [System.Runtime.CompilerServices.CallerMemberName] string call = ""
    )
    {
        var user = context.GetHttpContext().User;
        Calls.Enqueue((call, user.Username(), user.Role()));
        return Task.FromResult(answer());
    }
}
