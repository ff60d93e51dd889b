using System.Net;
using DataGen.Contracts;
using Google.Rpc;
using Grpc.Core;

namespace DataGen.Tests.Gateway;

public sealed class BadInputTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_body_at_all_is_400()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(["$"], await ann.PostAsync("/api/tasks", null, Ct).WrongFieldsAsync());
    }

    [Fact]
    public async Task What_Tasks_finds_wrong_keeps_its_field_names()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnCreate = request =>
            throw FakeTasks.Invalid(
                ("prompt", "has to have 1 to 8000 characters."),
                ("count", $"has to be from 1 to 200, not {request.Spec.Count}.")
            );

        var answer = await ann.PostAsync("/api/tasks", HttpAnswers.Json("""{"prompt":"","count":201}"""), Ct)
            .JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(
            """{"prompt":["has to have 1 to 8000 characters."],"count":["has to be from 1 to 200, not 201."]}""",
            answer["errors"]!.ToJsonString()
        );
        Assert.Equal(400, (int)answer["status"]!);
    }

    [Theory]
    [InlineData("""{"count":-1}""", "", -1)]
    [InlineData("""{"prompt":null,"count":null}""", "", 0)]
    [InlineData("""{"prompt":"  ","count":0}""", "  ", 0)]
    public async Task What_is_left_out_or_out_of_range_is_for_Tasks_to_judge(string body, string prompt, int count)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnCreate = request =>
            request.Spec.Prompt == prompt && request.Spec.Count == count
                ? throw FakeTasks.Invalid(("count", "wrong"))
                : new();

        Assert.Equal(["count"], await ann.PostAsync("/api/tasks", HttpAnswers.Json(body), Ct).WrongFieldsAsync());
    }

    [Fact]
    public async Task A_body_that_is_not_json_by_its_type_is_415()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        using var response = await ann.PostAsync("/api/tasks", HttpAnswers.Json("{}", "text/plain"), Ct);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "The Content-Type has to be application/json.",
            (string?)(await response.JsonAsync(HttpStatusCode.UnsupportedMediaType))["detail"]
        );
    }

    [Theory]
    [InlineData("/api/tasks", 524_300)]
    [InlineData("/api/tokens", 70_000)]
    public async Task A_body_that_is_too_large_is_413(string path, int size)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await ann.PostAsync(
                path,
                HttpAnswers.Json($$"""{"prompt":"{{new string('x', size)}}","count":1}"""),
                Ct
            )
            .JsonAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("The request body is too large.", (string?)answer["detail"]);
    }

    [Fact]
    public async Task Unknown_addresses_and_methods_are_404_and_405_in_json()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        using var nothing = await ann.GetAsync("/api/nothing", Ct);
        using var method = await ann.PutAsync("/api/tasks", HttpAnswers.Json("{}"), Ct);

        Assert.Equal(404, (int)(await nothing.JsonAsync(HttpStatusCode.NotFound))["status"]!);
        Assert.Equal(405, (int)(await method.JsonAsync(HttpStatusCode.MethodNotAllowed))["status"]!);
        Assert.Equal(["GET", "POST"], method.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_fault_of_ours()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var asked = new TaskCompletionSource();
        gateway.Tasks.OnWatch = _ =>
        {
            asked.SetResult();
            return System.Threading.Channels.Channel.CreateUnbounded<TaskProgress>().Reader;
        };
        using var leaving = new CancellationTokenSource();
        var request = ann.GetAsync("/api/tasks/1/events", leaving.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Ct);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await Eventually.TrueAsync(() =>
            gateway
                .Logs.GetSnapshot()
                .Any(record =>
                    record.Message.Contains("/api/tasks/1/events", StringComparison.Ordinal)
                    && record.Message.StartsWith("Request finished", StringComparison.Ordinal)
                )
        );
        Assert.DoesNotContain(
            gateway.Logs.GetSnapshot(),
            record => record.Level >= Microsoft.Extensions.Logging.LogLevel.Warning
        );
    }

    [Theory]
    [InlineData(StatusCode.NotFound, 404, "There is no such task.")]
    [InlineData(StatusCode.FailedPrecondition, 409, "what Tasks said")]
    [InlineData(StatusCode.Unavailable, 503, "The task service cannot be reached just now.")]
    [InlineData(StatusCode.DeadlineExceeded, 503, "The task service cannot be reached just now.")]
    [InlineData(StatusCode.Internal, 500, "Something went wrong on our side; the log has the details.")]
    [InlineData(StatusCode.Unauthenticated, 500, "Something went wrong on our side; the log has the details.")]
    [InlineData(StatusCode.Unknown, 500, "Something went wrong on our side; the log has the details.")]
    public async Task What_Tasks_answers_becomes_the_status_it_means(StatusCode code, int status, string detail)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnGet = _ => throw new RpcException(new Grpc.Core.Status(code, "what Tasks said"));

        using var response = await ann.GetAsync("/api/tasks/1", Ct);

        Assert.Equal(detail, (string?)(await response.JsonAsync((HttpStatusCode)status))["detail"]);
        Assert.Equal(status == 503, response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(Code.ResourceExhausted, 429)]
    [InlineData(Code.Unavailable, 503)]
    public async Task The_time_to_wait_is_the_one_Tasks_names(Code code, int status)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Tasks.OnCreate = _ =>
            throw FakeTasks.RetryLater(code, "CStore does not answer.", TimeSpan.FromSeconds(17.2));

        using var response = await ann.PostAsync(
            "/api/tasks",
            HttpAnswers.Json("""{"prompt":"A customer.","count":1}"""),
            Ct
        );

        Assert.Equal("CStore does not answer.", (string?)(await response.JsonAsync((HttpStatusCode)status))["detail"]);
        Assert.Equal(TimeSpan.FromSeconds(18), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task While_Tasks_is_away_calls_are_503_and_say_nothing_of_where_it_should_be()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        await gateway.Tasks.StopAsync();
        foreach (
            var address in new[]
            {
                "/api/metrics",
                "/api/tasks",
                "/api/tasks/1",
                "/api/tasks/1/events",
                "/api/tasks/1/export?format=csv",
            }
        )
        {
            using var response = await ann.GetAsync(address, Ct);

            var problem = await response.JsonAsync(HttpStatusCode.ServiceUnavailable);
            Assert.DoesNotContain("127.0.0.1", problem.ToJsonString(), StringComparison.Ordinal);
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
    }
}
