using DataGen.Contracts;
using DataGen.ServiceDefaults.Identity;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace DataGen.Tests.Web;

/// <summary>A DataGen.Tasks with two tasks, which remembers who asked and can be told to be away.</summary>
internal sealed class FakeTasks : Contracts.Tasks.TasksBase
{
    internal const string RunningId = "0199a000-0000-7000-8000-000000000001";
    internal const string HostileId = "0199a000-0000-7000-8000-000000000002";
    internal const string CancelledId = "0199a000-0000-7000-8000-000000000003";
    internal const string StoppedId = "0199a000-0000-7000-8000-000000000005";
    internal const string LargeId = "0199a000-0000-7000-8000-000000000004";
    internal const string HostileText = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";
    internal const int MostRecords = 200;

    internal List<string> Callers { get; } = [];

    internal CreateTaskRequest? Created { get; private set; }

    internal string? Cancelled { get; private set; }

    internal string? Retried { get; private set; }

    internal SetBudgetRequest? Budget { get; private set; }

    internal string? Deleted { get; private set; }

    internal ListTasksRequest? Listed { get; private set; }

    internal bool IsAway { get; set; }

    internal bool IsEmpty { get; set; }

    /// <summary>The list is as long and as wordy as a page of it can be.</summary>
    internal bool FillsPage { get; set; }

    public override Task<TaskDetail> Create(CreateTaskRequest request, ServerCallContext context)
    {
        Note(context);
        var violations = new BadRequest();
        if (request.Spec.Count is < 1 or > MostRecords)
        {
            violations.FieldViolations.Add(
                new BadRequest.Types.FieldViolation
                {
                    Field = "count",
                    Description = $"Must be from 1 to {MostRecords}.",
                }
            );
        }

        if (request.Spec is { HasMaxTokens: true, MaxTokens: < 16 })
        {
            violations.FieldViolations.Add(
                new BadRequest.Types.FieldViolation { Field = "maxTokens", Description = "Must be from 16 to 4096." }
            );
        }

        if (violations.FieldViolations.Count > 0)
        {
            throw new RpcStatus
            {
                Code = (int)Code.InvalidArgument,
                Message = "Some fields are wrong.",
                Details = { Any.Pack(violations) },
            }.ToRpcException();
        }

        Created = request;
        return Task.FromResult(new TaskDetail { Task = new GenerationTask { Id = RunningId } });
    }

    public override Task<TaskDetail> Get(TaskReference request, ServerCallContext context)
    {
        Note(context);
        return Task.FromResult(
            new TaskDetail
            {
                Task = Find(request.Id),
                InFlight =
                {
                    new InFlightRecord
                    {
                        Index = 9,
                        Attempt = 1,
                        State = InFlightState.Calling,
                    },
                },
                Errors =
                {
                    new RecordError { Index = 3, Message = HostileText },
                    new RecordError { Index = 5, Message = HostileText },
                },
                ErrorGroups =
                {
                    new ErrorGroup
                    {
                        Message = HostileText,
                        Count = 1234,
                        FirstIndex = 3,
                    },
                    new ErrorGroup
                    {
                        Message = "other",
                        Count = 2,
                        FirstIndex = 70,
                    },
                },
            }
        );
    }

    public override Task<ListTasksResponse> List(ListTasksRequest request, ServerCallContext context)
    {
        Note(context);
        Listed = request;
        GenerationTask[] all =
            IsEmpty ? []
            : FillsPage ? [.. Enumerable.Range(0, request.Limit).Select(Lengthy)]
            : [Find(RunningId), Find(HostileId)];
        var found = all.Where(task => request.Statuses.Count == 0 || request.Statuses.Contains(task.Status))
            .Where(task => (task.Title + task.Spec.Prompt).Contains(request.Text, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        return Task.FromResult(
            new ListTasksResponse
            {
                Tasks = { found },
                Total = found.Length,
                NextCursor = found.Length == 0 ? "" : "older & further",
            }
        );
    }

    public override Task<ListRecordsResponse> ListRecords(ListRecordsRequest request, ServerCallContext context)
    {
        Note(context);
        Find(request.Id);
        return Task.FromResult(
            new ListRecordsResponse
            {
                Total = 2,
                Items =
                {
                    new GeneratedRecord
                    {
                        Index = 4,
                        Attempts = 2,
                        DurationMs = 1234,
                        Data = ByteString.CopyFromUtf8(
                            """{"name":"<b>Ada</b>","id":12345678901234567890,"tags":["a"]}"""
                        ),
                    },
                    new GeneratedRecord
                    {
                        Index = 3,
                        Attempts = 3,
                        DurationMs = 20_500,
                        Error = HostileText,
                    },
                },
            }
        );
    }

    public override Task<TaskDetail> Cancel(TaskReference request, ServerCallContext context)
    {
        Note(context);
        Find(request.Id);
        Cancelled = request.Id;
        return Task.FromResult(new TaskDetail { Task = Find(request.Id) });
    }

    public override Task<TaskDetail> Retry(RetryTaskRequest request, ServerCallContext context)
    {
        Note(context);
        Find(request.Id);
        Retried = request.Id;
        return Task.FromResult(new TaskDetail { Task = Find(request.Id) });
    }

    public override Task<TaskDetail> SetBudget(SetBudgetRequest request, ServerCallContext context)
    {
        Note(context);
        Budget = request;
        return Task.FromResult(new TaskDetail { Task = Find(request.Id) });
    }

    public override Task<Empty> Delete(TaskReference request, ServerCallContext context)
    {
        Note(context);
        Find(request.Id);
        Deleted = request.Id;
        return Task.FromResult(new Empty());
    }

    public override Task<Metrics> GetMetrics(Empty request, ServerCallContext context)
    {
        Note(context);
        return Task.FromResult(
            new Metrics
            {
                TotalJobs = 41,
                TotalRecordsRequested = 12_345,
                TotalRecordsGenerated = 9_876,
                ActiveJobs = 2,
                FailedJobs = 3,
            }
        );
    }

    private static GenerationTask Lengthy(int index) =>
        new(Find(RunningId))
        {
            Id = $"0199a000-0000-7000-8000-{index:D12}",
            Title = new string('T', 200),
            Spec = new GenerationSpec(Find(RunningId).Spec) { Prompt = new string('P', 200) },
            WaitingReason = new string('W', 200),
        };

    private static GenerationTask Find(string id) =>
        id switch
        {
            RunningId => new GenerationTask
            {
                Id = RunningId,
                Owner = "ada",
                Title = "Book shop",
                Spec = new GenerationSpec
                {
                    Temperature = 0.7,
                    Concurrency = 8,
                    Prompt = "A customer of an online book shop",
                    Count = 1500,
                },
                RecordsPerSecond = 4,
                Tokens = new TokenUsage { Input = 9_000, Output = 3_456 },
                DataBytes = 45_678,
                Completed = 64,
                Failures = 2,
                Status = GenerationTaskStatus.Running,
                WaitingReason = "The inference server is busy.",
                CreatedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc)),
            },
            HostileId => new GenerationTask
            {
                Id = HostileId,
                Owner = "ada",
                Title = HostileText,
                Spec = new GenerationSpec { Prompt = "it's \u202E" + HostileText, Count = 10 },
                Completed = 10,
                Failures = 3,
                DataBytes = 12_345,
                Status = GenerationTaskStatus.Succeeded,
            },
            LargeId => new GenerationTask
            {
                Id = LargeId,
                Owner = "ada",
                Title = "Large",
                Spec = new GenerationSpec { Prompt = "A plant", Count = 1_000_000 },
                Completed = 251_000,
                Failures = 500,
                Status = GenerationTaskStatus.Running,
            },
            CancelledId => new GenerationTask
            {
                Id = CancelledId,
                Owner = "ada",
                Title = "Cut short",
                Spec = new GenerationSpec { Prompt = "A plant", Count = 100 },
                Completed = 40,
                Failures = 5,
                Status = GenerationTaskStatus.Cancelled,
            },
            StoppedId => new GenerationTask
            {
                Id = StoppedId,
                Owner = "ada",
                Title = "Out of calls",
                Spec = new GenerationSpec
                {
                    Prompt = "A plant",
                    Count = 100,
                    Sampling = """{"seed":0,"unique":[["name"]],"budget":{"calls":1500}}""",
                },
                Completed = 40,
                Status = GenerationTaskStatus.Cancelled,
                StoppedBy = "budget",
                Calls = 1_500,
                Rejected = new Rejections { Invalid = 60, Duplicate = 1_400 },
            },
            _ => throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, "There is no such task.")),
        };

    private void Note(ServerCallContext context)
    {
        if (IsAway)
        {
            var retry = new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) };
            throw new RpcStatus
            {
                Code = (int)Code.Unavailable,
                Message = "cstore at 10.0.0.7 refuses",
                Details = { Any.Pack(retry) },
            }.ToRpcException();
        }

        lock (Callers)
        {
            Callers.Add($"{context.GetHttpContext().User.Username()}/{context.GetHttpContext().User.Role()}");
        }
    }
}
