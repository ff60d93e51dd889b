using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;

namespace DataGen.Tests.Web;

/// <summary>The REST API as the dashboard sees it: two tasks, the counters, signing in again.</summary>
internal sealed class FakeListApi
{
    internal const string Password = "the right one";
    private readonly ConcurrentDictionary<string, bool> deleted = [];

    internal int Completed { get; set; } = 64;

    internal bool IsAway { get; set; }

    internal bool HasSession { get; set; } = true;

    /// <summary>What was done, in order.</summary>
    internal ConcurrentQueue<string> Acts { get; } = [];

    internal Task AnswerAsync(IRoute route)
    {
        var request = route.Request;
        var url = new Uri(request.Url);
        if (IsAway)
        {
            return route.AbortAsync();
        }

        if (url.AbsolutePath is "/api/auth/login")
        {
            return SignInAsync(route);
        }

        if (!HasSession)
        {
            return ProblemAsync(route, 401, "Sign in first.");
        }

        return (request.Method, url.AbsolutePath) switch
        {
            ("GET", "/api/metrics") => JsonAsync(
                route,
                200,
                new JsonObject
                {
                    ["totalJobs"] = 41,
                    ["totalRecordsRequested"] = 12_345,
                    ["totalRecordsGenerated"] = 9_876 + Completed,
                    ["activeJobs"] = 1,
                    ["failedJobs"] = 3,
                    ["lastJobAt"] = "2026-11-22T08:00:00Z",
                }
            ),
            ("GET", _) => JsonAsync(route, 200, List(HttpUtility.ParseQueryString(url.Query)["q"] ?? "")),
            ("POST", "/api/tasks") => ProblemAsync(
                route,
                400,
                "The request has errors; nothing was changed.",
                new JsonObject { ["count"] = new JsonArray("A whole number from 1 to 200.") }
            ),
            _ => ActAsync(route, request.Method, url.AbsolutePath),
        };
    }

    private Task SignInAsync(IRoute route)
    {
        if (route.Request.PostData?.Contains(Password, StringComparison.Ordinal) is not true)
        {
            return ProblemAsync(route, 401, "The user name or the password is wrong.");
        }

        HasSession = true;
        return JsonAsync(route, 200, new JsonObject { ["username"] = "ada" });
    }

    private Task ActAsync(IRoute route, string method, string path)
    {
        Acts.Enqueue($"{method} {path}");
        if (method is "DELETE")
        {
            deleted[path.Split('/')[^1]] = true;
        }

        return route.FulfillAsync(new() { Status = 204 });
    }

    private JsonObject List(string text)
    {
        JsonObject[] all =
        [
            Task(FakeTasks.RunningId, "Book shop", "running", 1500, Completed),
            Task(FakeTasks.HostileId, FakeTasks.HostileText, "succeeded", 10, 10),
        ];
        var found = all.Where(task =>
                !deleted.ContainsKey((string)task["id"]!)
                && ((string)task["title"]!).Contains(text, StringComparison.OrdinalIgnoreCase)
            )
            .ToArray<JsonNode>();
        return new JsonObject { ["items"] = new JsonArray(found), ["total"] = found.Length };
    }

    private static JsonObject Task(string id, string title, string status, int count, int completed) =>
        new()
        {
            ["id"] = id,
            ["title"] = title,
            ["prompt"] = "A plant",
            ["status"] = status,
            ["count"] = count,
            ["completed"] = completed,
            ["failures"] = 0,
            ["recordsPerSecond"] = 4,
            ["dataBytes"] = 45_678,
            ["createdAt"] = "2026-11-22T08:00:00Z",
            ["tokens"] = new JsonObject { ["input"] = 9_000, ["output"] = 3_456 },
        };

    private static Task ProblemAsync(IRoute route, int status, string detail, JsonObject? errors = null) =>
        JsonAsync(route, status, new JsonObject { ["detail"] = detail, ["errors"] = errors });

    private static Task JsonAsync(IRoute route, int status, JsonObject body) =>
        route.FulfillAsync(
            new()
            {
                Status = status,
                ContentType = "application/json",
                Body = body.ToJsonString(),
            }
        );
}
