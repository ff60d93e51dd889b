using DataGen.Contracts;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>Never a call more than the budget allows, and all of those that it allows.</summary>
public sealed class BudgetTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1000)]
    [InlineData(5000)]
    public async Task A_bound_of_calls_is_used_up_and_kept(int count)
    {
        var bound = count * 7 / 10;
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());
        var id = await run.CreateAsync(count, $$$"""{"budget":{"calls":{{{bound}}}}}""");

        var stopped = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Cancelled, "budget"), (stopped.Status, stopped.StoppedBy));
        Assert.Equal(bound, run.Inference.Calls);
        Assert.Equal((bound, (long)bound), (stopped.Completed, stopped.Calls));

        // Nothing more happens until the bound is raised.
        await RetryAsync(run, id);
        Assert.Equal("budget", (await run.EndAsync(id)).StoppedBy);
        Assert.Equal(bound, run.Inference.Calls);

        await run.Tasks.Client.SetBudgetAsync(
            new SetBudgetRequest { Id = id, Calls = count },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        await RetryAsync(run, id);
        var task = await run.EndAsync(id);
        Assert.Equal((GenerationTaskStatus.Succeeded, count, 0), (task.Status, task.Completed, task.Failures));
        Assert.Equal(("", (long)count), (task.StoppedBy, task.Calls));
        Assert.Equal(count, run.Inference.Calls);
    }

    [Fact]
    public async Task A_process_that_dies_again_and_again_passes_no_bound()
    {
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            await Task.Delay(10, call.Aborted);
            await call.RecordAsync();
        });
        var id = await run.CreateAsync(5000, """{"budget":{"calls":2000}}""");
        for (var death = 1; death <= 3; death++)
        {
            var calls = run.Inference.Calls;
            await Eventually.TrueAsync(() => run.Inference.Calls > calls + 40);
            await run.DieAsync();
        }

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Cancelled, "budget"), (task.Status, task.StoppedBy));
        Assert.InRange(run.Inference.Calls, 200, 2000);
        await run.Tasks.Client.SetBudgetAsync(
            new SetBudgetRequest { Id = id, Calls = 20_000 },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        await RetryAsync(run, id);
        Assert.Equal(5000, (await run.EndAsync(id)).Completed);
    }

    /// <summary>As the server counts them, and though it counts some for answers that are no record.</summary>
    [Theory]
    [InlineData("""{"tokens":60000}""")]
    [InlineData("""{"cost":0.15}""")]
    public async Task Tokens_and_cost_are_never_passed_and_nearly_used_up(string budget)
    {
        long input = 0,
            output = 0;
        await using var run = await DefinedRun.StartAsync(
            async call =>
            {
                var (prompt, answer) = (200 + (call.Number % 7 * 10), 20 + (call.Number % 5 * 20));
                Interlocked.Add(ref input, prompt);
                Interlocked.Add(ref output, answer);
                await call.ContentAsync(
                    call.Number % 4 == 0 ? "no record" : $$"""{"n":{{call.Number}}}""",
                    tokens: (prompt, answer)
                );
            },
            ("DATAGEN_PRICE_INPUT_PER_MTOK", "2"),
            ("DATAGEN_PRICE_OUTPUT_PER_MTOK", "8.5")
        );
        var id = await run.CreateAsync(3000, $$"""{"budget":{{budget}}}""");

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Cancelled, "budget"), (task.Status, task.StoppedBy));
        Assert.Equal((input, output), (task.Spent.Input, task.Spent.Output));
        var cost = ((input * 2) + (output * 8.5)) / 1e6;
        Assert.Equal(cost, task.Cost, 6);
        if (budget.Contains("tokens", StringComparison.Ordinal))
        {
            Assert.InRange(input + output, 60_000 - 4_000, 60_000);
        }
        else
        {
            Assert.InRange(cost, 0.15 - 0.02, 0.15);
        }

        Assert.True(task.Completed > 50, $"{task.Completed} records");
    }

    [Fact]
    public async Task Where_the_server_says_nothing_a_call_counts_as_much_as_it_can_have_cost()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.JsonAsync("""{"choices":[{"message":{"content":"{\"a\":1}"},"finish_reason":"stop"}]}""")
        );
        var id = await run.CreateAsync(100, """{"budget":{"tokens":40000}}""");

        var task = await run.EndAsync(id);

        Assert.Equal("budget", task.StoppedBy);
        Assert.InRange(task.Completed, 5, 20);
        Assert.Equal(task.Completed, run.Inference.Calls);
        Assert.InRange(task.Spent.Input + task.Spent.Output, 1, 40_000);
    }

    [Fact]
    public async Task Without_prices_there_is_no_bound_of_cost()
    {
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());

        var refused = await Assert.ThrowsAsync<RpcException>(() => run.CreateAsync(1, """{"budget":{"cost":1}}"""));

        Assert.Contains("budget.cost: This installation knows no prices", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_refused_unheard_is_not_counted()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.Number % 5 == 0 ? call.FailAsync(429, retryAfterSeconds: 0) : call.RecordAsync()
        );
        var id = await run.CreateAsync(100, """{"budget":{"calls":100}}""");

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Succeeded, 100, 100L), (task.Status, task.Completed, task.Calls));
        Assert.Equal(0, task.Failures);
    }

    [Fact]
    public async Task While_the_store_confirms_no_grant_no_call_is_made()
    {
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());
        run.Store.OnWrite = key => key.EndsWith(":budget", StringComparison.Ordinal) ? ("away", true) : null;
        var id = await run.CreateAsync(100, """{"budget":{"calls":100}}""");
        await Eventually.TrueAsync(async () =>
            (await run.Tasks.GetAsync(id)).Task.WaitingReason.StartsWith(
                "The store does not confirm",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(0, run.Inference.Calls);

        run.Store.OnWrite = _ => null;

        var task = await run.EndAsync(id);
        Assert.InRange(run.Inference.Calls, 1, 100);
        Assert.Equal(run.Inference.Calls, task.Completed);
    }

    [Fact]
    public async Task At_its_deadline_a_task_stops_and_keeps_what_it_has()
    {
        await using var run = await DefinedRun.StartAsync(async call =>
        {
            await Task.Delay(100, call.Aborted);
            await call.RecordAsync();
        });
        var until = DateTimeOffset.UtcNow.AddSeconds(3);
        var id = await run.CreateAsync(10_000, $$$"""{"budget":{"until":"{{{until:yyyy-MM-ddTHH:mm:ssZ}}}"}}""");

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Cancelled, "deadline"), (task.Status, task.StoppedBy));
        Assert.InRange(task.Completed, 1, 9_999);
        await run.Tasks.Client.SetBudgetAsync(
            new SetBudgetRequest { Id = id, Until = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(1)) },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        await RetryAsync(run, id);
        await Eventually.TrueAsync(async () => (await run.Tasks.GetAsync(id)).Task.Completed > task.Completed + 200);
        await run.Tasks.Client.CancelAsync(
            new TaskReference { Id = id },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal("", (await run.EndAsync(id)).StoppedBy);
    }

    [Fact]
    public async Task A_task_of_which_hardly_an_answer_is_taken_stops()
    {
        await using var run = await DefinedRun.StartAsync(call =>
            call.ContentAsync(call.Index < 20 ? $$"""{"n":{{call.Number}}}""" : """{"n":"none"}""")
        );
        var id = await run.CreateAsync(
            2000,
            """{"schema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}"""
        );

        var task = await run.EndAsync(id);

        Assert.Equal((GenerationTaskStatus.Cancelled, "stall"), (task.Status, task.StoppedBy));
        Assert.InRange(run.Inference.Calls, 500, 2500);
        Assert.Equal(20, (await run.GoodAsync(id)).Count);
    }

    [Theory]
    [InlineData(0L, "calls")]
    [InlineData(null, "calls")]
    public async Task A_budget_that_is_none_is_refused_by_its_field(long? calls, string field)
    {
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());
        var id = await run.CreateAsync(1, "");
        var request = new SetBudgetRequest { Id = id };
        if (calls is { } given)
        {
            request.Calls = given;
        }

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await run.Tasks.Client.SetBudgetAsync(request, run.Tasks.As("ada"), cancellationToken: Cancelled)
        );

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(field, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_of_a_budget_goes_with_its_task()
    {
        await using var run = await DefinedRun.StartAsync(call => call.RecordAsync());
        var id = await run.CreateAsync(10, """{"budget":{"calls":100}}""");
        await run.EndAsync(id);
        Assert.NotNull(run.Store.Peek($"datagen:task:{id}:budget"));

        await run.Tasks.Client.DeleteAsync(
            new TaskReference { Id = id },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );

        await Eventually.TrueAsync(() => !run.Store.Keys.Any(key => key.Contains(id, StringComparison.Ordinal)));
    }

    private static async Task RetryAsync(DefinedRun run, string id) =>
        await run.Tasks.Client.RetryAsync(
            new RetryTaskRequest { Id = id },
            run.Tasks.As("ada"),
            cancellationToken: Cancelled
        );
}
