using DataGen.Contracts;
using DataGen.Formats;
using DataGen.ServiceDefaults.Identity;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Curation;
using DataGen.Tasks.Metrics;
using DataGen.Tasks.Model;
using DataGen.Tasks.Previews;
using DataGen.Tasks.Records;
using DataGen.Tasks.Tasks;
using DataGen.Tasks.Users;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DataGen.Tasks.Api;

/// <summary>The gRPC service in front of the grains; tasks.proto says what each call does.</summary>
internal sealed class TasksService(
    IGrainFactory grains,
    TaskRequestReader requests,
    RecordReader records,
    RecordFeed feed,
    TaskWatches watches,
    Previewer previews,
    Drafts drafts,
    Curator curator,
    Prices prices,
    IHostApplicationLifetime lifetime
) : Contracts.Tasks.TasksBase
{
    private const int DefaultTasksPerPage = 20;
    private const int MostTasksPerPage = 100;
    private const int DefaultRecordsPerPage = 100;
    private const int MostRecordsPerPage = 1000;

    public override async Task<Contracts.TaskDetail> Create(CreateTaskRequest request, ServerCallContext context)
    {
        var definition = requests.Read(request, context.GetHttpContext().User.Username());
        await ReserveAsync(definition.Owner);
        return (await grains.GetGrain<ITaskGrain>(definition.Id).CreateAsync(definition)).ToProto(prices);
    }

    public override async Task<Contracts.TaskDetail> Get(TaskReference request, ServerCallContext context)
    {
        var detail = Owned(
            await Grain(request.Id).GetAsync(),
            detail => detail.Task.Definition,
            request.Owner,
            context
        );
        var reply = detail.ToProto(prices);
        reply.Curated = (await grains.CurationAsync(detail.Task.Definition)).ToCounts();
        return reply;
    }

    public override async Task<ListTasksResponse> List(ListTasksRequest request, ServerCallContext context)
    {
        var limit = TaskCall.Limit(request.Limit, DefaultTasksPerPage, MostTasksPerPage);
        if (request.Cursor.Length > 0 && TaskCursor.Parse(request.Cursor) is null)
        {
            throw CallFailures.Invalid(("cursor", "Not a cursor of this list."));
        }

        if (request.Text.Length > TaskLimits.LongestFilterText)
        {
            throw CallFailures.Invalid(("q", $"At most {TaskLimits.LongestFilterText} characters."));
        }

        var filter = new TaskFilter(
            [
                .. request.Statuses.Select(status =>
                    status.ToModel() ?? throw CallFailures.Invalid(("status", "Not a status of a task."))
                ),
            ],
            request.Text,
            request.Failures,
            TaskSort.Parse(request.Sort)
                ?? throw CallFailures.Invalid(
                    ("sort", "createdAt, title, count or failures, with a - before it from the highest down.")
                )
        );
        var page = await grains
            .GetGrain<IUserTasksGrain>(TaskCall.Owner(request.Owner, context))
            .ListAsync(filter, limit, request.Cursor.Length > 0 ? request.Cursor : null);
        var response = new ListTasksResponse
        {
            NextCursor = page.HasMore ? page.Next ?? page.Tasks[^1].Definition.Id : "",
            Total = page.Total,
        };
        response.Tasks.AddRange(page.Tasks.Select(task => task.ToProto(prices)));
        return response;
    }

    public override async Task<ListRecordsResponse> ListRecords(ListRecordsRequest request, ServerCallContext context)
    {
        var limit = TaskCall.Limit(request.Limit, DefaultRecordsPerPage, MostRecordsPerPage);
        var offset = TaskCall.Offset(request.Offset);
        var layout = Owned(
            await Grain(request.Id).GetLayoutAsync(),
            layout => layout.Definition,
            request.Owner,
            context
        );
        var curated = await grains.CurationAsync(layout.Definition);
        var liked = curated.ByIndex.Where(record => record.Value.Liked).Select(record => record.Key).Order().ToArray();
        var page =
            request.Liked
                ? await records.GoodAsync(layout, [.. liked.Skip(offset).Take(limit)], context.CancellationToken)
            : request.Order == RecordOrder.Newest
                ? await records.PageByNewestAsync(layout, offset, limit, context.CancellationToken)
            : await records.PageByIndexAsync(layout, offset, limit, context.CancellationToken);
        var response = new ListRecordsResponse { Total = request.Liked ? liked.Length : layout.Ended };
        response.Items.AddRange(
            page.Select(record => record.Ok ? record.ToProto(curated[record.Index]) : record.ToProto())
        );
        return response;
    }

    public override async Task Watch(
        TaskReference request,
        IServerStreamWriter<Contracts.TaskProgress> responseStream,
        ServerCallContext context
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping
        );
        GenerationStatus? status = null;
        await foreach (var progress in watches.WatchAsync(TaskCall.Id(request.Id), ending.Token))
        {
            var owned = Owned(progress, progress => progress.Task.Definition, request.Owner, context);
            await responseStream.WriteAsync(owned.ToProto(prices), ending.Token);
            status = progress.Task.Status;
        }

        if (status?.IsFinal() != true)
        {
            throw CallFailures.NotFound();
        }
    }

    public override async Task<Contracts.TaskDetail> Cancel(TaskReference request, ServerCallContext context)
    {
        Owned(await Grain(request.Id).GetAsync(), detail => detail.Task.Definition, request.Owner, context);
        return (await Grain(request.Id).CancelAsync() ?? throw CallFailures.NotFound()).ToProto(prices);
    }

    public override async Task<Contracts.TaskDetail> Retry(RetryTaskRequest request, ServerCallContext context)
    {
        if (request.HasMaxTokens && TaskRequestReader.MaxTokensProblem(request.MaxTokens) is { } problem)
        {
            throw CallFailures.Invalid(("maxTokens", problem));
        }

        Owned(await Grain(request.Id).GetAsync(), detail => detail.Task.Definition, request.Owner, context);
        await ReserveAsync(context.GetHttpContext().User.Username());
        int? maxTokens = request.HasMaxTokens ? request.MaxTokens : null;
        return (await Grain(request.Id).RetryAsync(maxTokens) ?? throw CallFailures.NotFound()).ToProto(prices);
    }

    public override async Task<Contracts.TaskDetail> SetBudget(SetBudgetRequest request, ServerCallContext context)
    {
        var budget = requests.Read(request);
        var detail = Owned(
            await Grain(request.Id).GetAsync(),
            detail => detail.Task.Definition,
            request.Owner,
            context
        );
        if (
            budget.BoundsCalls
            && !detail.Task.Status.IsFinal()
            && detail.Task.Definition.ReadSampling()?.IsBounded != true
        )
        {
            throw CallFailures.NotAllowed("A task that runs without a bound gets one only when it has ended.");
        }

        return (await Grain(request.Id).SetBudgetAsync(budget) ?? throw CallFailures.NotFound()).ToProto(prices);
    }

    public override async Task<Contracts.TaskDetail> Extend(ExtendTaskRequest request, ServerCallContext context)
    {
        var task = Owned(
            await Grain(request.Id).GetAsync(),
            detail => detail.Task.Definition,
            request.Owner,
            context
        ).Task;
        if (!task.Status.IsFinal())
        {
            throw CallFailures.NotAllowed("The task has not ended yet.");
        }

        var extended = requests.Read(request, task.Definition);
        await ReserveAsync(context.GetHttpContext().User.Username());
        var detail = await Grain(request.Id).ExtendAsync(extended) ?? throw CallFailures.NotFound();
        return detail.Task.Definition.Count == extended.Count
            ? detail.ToProto(prices)
            : throw CallFailures.NotAllowed("The task was changed at the same time.");
    }

    public override Task<PreviewReply> Preview(PreviewRequest request, ServerCallContext context) =>
        PreviewAsync(request, (_, _) => Task.CompletedTask, context);

    public override async Task WatchPreview(
        PreviewRequest request,
        IServerStreamWriter<PreviewReply> responseStream,
        ServerCallContext context
    )
    {
        var last = await PreviewAsync(request, (now, ending) => responseStream.WriteAsync(now, ending), context);
        await responseStream.WriteAsync(last, context.CancellationToken);
    }

    private async Task<PreviewReply> PreviewAsync(
        PreviewRequest request,
        Func<PreviewReply, CancellationToken, Task> changed,
        ServerCallContext context
    )
    {
        if (request.Records is < 1 or > Previewer.MostRecords)
        {
            throw CallFailures.Invalid(("records", $"A whole number from 1 to {Previewer.MostRecords}."));
        }

        var task = requests.Read(
            new CreateTaskRequest { Spec = request.Spec },
            context.GetHttpContext().User.Username()
        );
        await ReserveAsync(task.Owner);
        return await previews.MakeAsync(task, request.Records, changed, context.CancellationToken);
    }

    public override async Task<DraftReply> Draft(DraftRequest request, ServerCallContext context)
    {
        if (TaskRequestReader.PromptProblem(request.Prompt) is { } problem)
        {
            throw CallFailures.Invalid(("prompt", problem));
        }

        var user = context.GetHttpContext().User.Username();
        await ReserveAsync(user);
        return await drafts.MakeAsync(user, request.Prompt, context.CancellationToken);
    }

    public override async Task<Empty> Delete(TaskReference request, ServerCallContext context)
    {
        Owned(await Grain(request.Id).GetAsync(), detail => detail.Task.Definition, request.Owner, context);
        return await Grain(request.Id).DeleteAsync() ? new Empty() : throw CallFailures.NotFound();
    }

    public override async Task<GeneratedRecord> Curate(CurateRequest request, ServerCallContext context)
    {
        var layout = Owned(
            await Grain(request.Id).GetLayoutAsync(),
            layout => layout.Definition,
            request.Owner,
            context
        );
        if (request.ChangeCase == CurateRequest.ChangeOneofCase.Regenerated)
        {
            await ReserveAsync(context.GetHttpContext().User.Username());
        }

        var (record, curated, problem) = await curator.ChangeAsync(layout, request, context.CancellationToken);
        return problem is null
            ? record.ToProto(curated)
            : new GeneratedRecord { Index = request.Index, Error = problem };
    }

    public override async Task Follow(
        FollowRequest request,
        IServerStreamWriter<FollowReply> responseStream,
        ServerCallContext context
    )
    {
        // The task is read before its records: if it has ended then, the records read afterwards are complete.
        var detail = Owned(
            await Grain(request.Id).GetAsync(),
            detail => detail.Task.Definition,
            request.Owner,
            context
        );
        var layout = await Grain(request.Id).GetLayoutAsync() ?? throw CallFailures.NotFound();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping
        );
        await responseStream.WriteAsync(new FollowReply { Task = detail.Task.ToProto(prices) }, ending.Token);
        await foreach (var part in feed.ReadAsync(layout, request, ending.Token))
        {
            await responseStream.WriteAsync(part, ending.Token);
        }
    }

    public override async Task Export(
        ExportTaskRequest request,
        IServerStreamWriter<ExportChunk> responseStream,
        ServerCallContext context
    )
    {
        var writer =
            ExportFormats.Find(request.Format, request.FormulaGuard, request.ByteOrderMark)
            ?? throw CallFailures.Invalid(("format", "One of json, jsonl, csv, parquet."));
        var layout = Owned(
            await Grain(request.Id).GetLayoutAsync(),
            layout => layout.Definition,
            request.Owner,
            context
        );
        if (!layout.Status.IsFinal() && !request.Partial)
        {
            throw CallFailures.NotEnded();
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping
        );
        var extents = records.Extents(layout);
        var curated = request.AsGenerated
            ? Curation.CuratedRecords.None
            : await grains.CurationAsync(layout.Definition);
        await ExportStream.SendAsync(
            responseStream,
            writer,
            layout.Definition.Title,
            layout.Definition.Id,
            () =>
                records
                    .GoodByIndexAsync(extents, ending.Token)
                    .Where(record => curated[record.Index].Change != Curation.RecordChange.Removed)
                    .Select(record => curated[record.Index].DataOf(record.Data)!.Value),
            ending.Token
        );
    }

    public override async Task<Contracts.Metrics> GetMetrics(Empty request, ServerCallContext context) =>
        (await grains.GetGrain<IMetricsGrain>(0).GetAsync()).ToProto();

    private async Task ReserveAsync(string user)
    {
        if (await grains.GetGrain<IUserTasksGrain>(user).ReserveCreationAsync() is { } retryAfter)
        {
            throw CallFailures.TooMany("Too many tasks were created or retried in the last minute.", retryAfter);
        }
    }

    private ITaskGrain Grain(string taskId) => grains.GetGrain<ITaskGrain>(TaskCall.Id(taskId));

    private static T Owned<T>(T? found, Func<T, TaskDefinition> definition, string asked, ServerCallContext context)
        where T : class =>
        found is not null && definition(found).Owner == TaskCall.Owner(asked, context)
            ? found
            : throw CallFailures.NotFound();
}
