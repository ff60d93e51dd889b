using System.Collections.Concurrent;
using System.Threading.Channels;
using DataGen.Contracts;
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

namespace DataGen.Tests.Gateway;

/// <summary>Tasks as the Gateway meets it: gRPC over h2c, every call with a checked identity token, answers chosen by
/// the test.</summary>
internal sealed class FakeTasks : Contracts.Tasks.TasksBase, IAsyncDisposable
{
    private WebApplication? app;

    public ConcurrentQueue<(string Call, string Username, string Role)> Calls { get; } = new();

    public string Address { get; private set; } = "";

    public Func<CreateTaskRequest, TaskDetail> OnCreate { get; set; } =
        request => new TaskDetail { Task = Sample(prompt: request.Spec.Prompt, count: request.Spec.Count) };

    public Func<TaskReference, TaskDetail> OnGet { get; set; } = _ => new TaskDetail { Task = Sample() };

    public Func<ListTasksRequest, ListTasksResponse> OnList { get; set; } = _ => new ListTasksResponse();

    public Func<ListRecordsRequest, ListRecordsResponse> OnListRecords { get; set; } = _ => new ListRecordsResponse();

    public Func<TaskReference, ChannelReader<TaskProgress>> OnWatch { get; set; } = _ => throw NotFound();

    public Func<TaskReference, TaskDetail> OnCancel { get; set; } =
        _ => new TaskDetail { Task = Sample(GenerationTaskStatus.Cancelled) };

    public Func<RetryTaskRequest, TaskDetail> OnRetry { get; set; } = _ => new TaskDetail { Task = Sample() };

    public Func<SetBudgetRequest, TaskDetail> OnSetBudget { get; set; } = _ => new TaskDetail { Task = Sample() };

    public Func<CurateRequest, GeneratedRecord> OnCurate { get; set; } = _ => new GeneratedRecord();

    public Func<ExtendTaskRequest, TaskDetail> OnExtend { get; set; } = _ => new TaskDetail { Task = Sample() };

    public Func<PreviewRequest, PreviewReply> OnPreview { get; set; } = _ => new PreviewReply();

    public Func<PreviewRequest, IAsyncEnumerable<PreviewReply>> OnWatchPreview { get; set; } = _ => throw NotFound();

    public Func<DraftRequest, DraftReply> OnDraft { get; set; } = _ => new DraftReply();

    public Func<TaskReference, Empty> OnDelete { get; set; } = _ => new Empty();

    public Func<ExportTaskRequest, IAsyncEnumerable<ExportChunk>> OnExport { get; set; } = _ => throw NotFound();

    public Func<Metrics> OnGetMetrics { get; set; } = () => new Metrics();

    public static GenerationTask Sample(
        GenerationTaskStatus status = GenerationTaskStatus.Running,
        string prompt = "A customer.",
        int count = 3
    ) =>
        new()
        {
            Id = "0197a0b0-0000-7000-8000-000000000001",
            Owner = "ann",
            Title = "A customer.",
            Spec = new GenerationSpec { Prompt = prompt, Count = count },
            CreatedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc)),
            StartedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 1, DateTimeKind.Utc)),
            FinishedAt =
                status == GenerationTaskStatus.Running
                    ? null
                    : Timestamp.FromDateTime(new DateTime(2026, 11, 22, 10, 0, 9, DateTimeKind.Utc)),
            Status = status,
            Completed = 1,
            Tokens = new TokenUsage { Input = 10, Output = 20 },
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

    public override Task<TaskDetail> Create(CreateTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnCreate(request));

    public override Task<TaskDetail> Get(TaskReference request, ServerCallContext context) =>
        Answer(context, () => OnGet(request));

    public override Task<ListTasksResponse> List(ListTasksRequest request, ServerCallContext context) =>
        Answer(context, () => OnList(request));

    public override Task<ListRecordsResponse> ListRecords(ListRecordsRequest request, ServerCallContext context) =>
        Answer(context, () => OnListRecords(request));

    public override Task<TaskDetail> Cancel(TaskReference request, ServerCallContext context) =>
        Answer(context, () => OnCancel(request));

    public override Task<TaskDetail> Retry(RetryTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnRetry(request));

    public override Task<TaskDetail> SetBudget(SetBudgetRequest request, ServerCallContext context) =>
        Answer(context, () => OnSetBudget(request));

    public override Task<TaskDetail> Extend(ExtendTaskRequest request, ServerCallContext context) =>
        Answer(context, () => OnExtend(request));

    public override Task<GeneratedRecord> Curate(CurateRequest request, ServerCallContext context) =>
        Answer(context, () => OnCurate(request));

    public override Task<PreviewReply> Preview(PreviewRequest request, ServerCallContext context) =>
        Answer(context, () => OnPreview(request));

    public override async Task WatchPreview(
        PreviewRequest request,
        IServerStreamWriter<PreviewReply> responseStream,
        ServerCallContext context
    ) => await WriteAllAsync(await Answer(context, () => OnWatchPreview(request)), responseStream, context);

    public override Task<DraftReply> Draft(DraftRequest request, ServerCallContext context) =>
        Answer(context, () => OnDraft(request));

    public override Task<Empty> Delete(TaskReference request, ServerCallContext context) =>
        Answer(context, () => OnDelete(request));

    public override Task<Metrics> GetMetrics(Empty request, ServerCallContext context) => Answer(context, OnGetMetrics);

    public override async Task Watch(
        TaskReference request,
        IServerStreamWriter<TaskProgress> responseStream,
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
        ExportTaskRequest request,
        IServerStreamWriter<ExportChunk> responseStream,
        ServerCallContext context
    ) => await WriteAllAsync(await Answer(context, () => OnExport(request)), responseStream, context);

    private static async Task WriteAllAsync<T>(
        IAsyncEnumerable<T> messages,
        IServerStreamWriter<T> responseStream,
        ServerCallContext context
    )
    {
        await foreach (var message in messages.WithCancellation(context.CancellationToken))
        {
            await responseStream.WriteAsync(message, context.CancellationToken);
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
