using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace DataGen.Tests.Web;

/// <summary>The REST API of one task as a browser sees it: its events, its records, and what can be done with
/// it.</summary>
internal sealed class FakeTaskApi(string id, int count)
{
    private const string Why = "<script>document.title = 'run'</script> \u202Ethgir";
    private static readonly DateTime Start = new(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc);

    internal string Id => id;

    internal string Status { get; set; } = "running";

    internal int Completed { get; set; }

    internal int Failures { get; set; }

    /// <summary>Records that have ended since the snapshots were made: only the list of records has them.</summary>
    internal int Ahead { get; set; }

    /// <summary>How often events and records were asked for.</summary>
    internal (int Events, int Records) Asked { get; private set; }

    internal int InFlightCount { get; init; }

    /// <summary>Records in flight that are made again.</summary>
    internal int Retrying { get; init; }

    /// <summary>The cells of a large task: records of each, good ones, failed ones.</summary>
    internal (int Size, int[] Good, int[] Failed)? Cells { get; init; }

    /// <summary>What was done, in order.</summary>
    internal ConcurrentQueue<string> Acts { get; } = [];

    private bool HasEnded => Status is not "running";

    internal Task AnswerAsync(IRoute route)
    {
        var request = route.Request;
        var path = new Uri(request.Url).AbsolutePath;
        var what = path[(path.IndexOf(id, StringComparison.Ordinal) + id.Length)..].Trim('/');
        if (!path.Contains(id, StringComparison.Ordinal))
        {
            return route.FulfillAsync(
                new()
                {
                    Status = 404,
                    ContentType = "application/problem+json",
                    Body = "{}",
                }
            );
        }

        if (request.Method is not "GET")
        {
            return ActAsync(route, what);
        }

        Asked = (Asked.Events + (what is "events" ? 1 : 0), Asked.Records + (what is "records" ? 1 : 0));
        return what switch
        {
            "events" when HasEnded && request.Headers.GetValueOrDefault("last-event-id") == "done-1" =>
                route.FulfillAsync(new() { Status = 204 }),
            "events" => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = Event() }),
            "records" => JsonAsync(route, Records(request.Url)),
            "rows" => JsonAsync(route, Rows()),
            "profile" => JsonAsync(
                route,
                $$"""{"columns":[],"total":{{Completed - Failures}},"records":{{Completed
                    - Failures}},"duplicates":0,"samplers":[]}"""
            ),
            _ => JsonAsync(route, Snapshot(isEvent: false).ToJsonString()),
        };
    }

    private Task ActAsync(IRoute route, string what)
    {
        Acts.Enqueue($"{route.Request.Method} {what}");
        if (what is not "retry")
        {
            return route.FulfillAsync(new() { Status = 204 });
        }

        (Status, Completed, Failures) = ("running", Completed - Failures, 0);
        return JsonAsync(route, Snapshot(isEvent: false).ToJsonString());
    }

    private static Task JsonAsync(IRoute route, string json) =>
        route.FulfillAsync(new() { ContentType = "application/json", Body = json });

    private string Event() =>
        $"retry: 200\n\nid: {(HasEnded ? "done-1" : "7")}\nevent: {(HasEnded ? "done" : "progress")}\ndata: {Snapshot(isEvent: true).ToJsonString()}\n\n";

    private JsonObject Snapshot(bool isEvent)
    {
        var snapshot = new JsonObject
        {
            ["id"] = id,
            ["status"] = Status,
            ["count"] = count,
            ["completed"] = Completed,
            ["failures"] = Failures,
            ["createdAt"] = Start,
            ["startedAt"] = Start,
            ["finishedAt"] = HasEnded ? Start.AddSeconds(4) : null,
            ["tokens"] = new JsonObject { ["input"] = 10, ["output"] = 20 },
            ["recordsPerSecond"] = HasEnded ? 0 : 2.5,
            ["dataBytes"] = 1000,
            ["errorGroups"] =
                Failures == 0
                    ? []
                    : new JsonArray(
                        new JsonObject
                        {
                            ["message"] = Why,
                            ["count"] = Failures,
                            ["firstIndex"] = 3,
                        }
                    ),
            ["retrying"] =
                Retrying == 0
                    ? null
                    : new JsonArray(
                        new JsonObject
                        {
                            ["message"] = Why,
                            ["count"] = Retrying,
                            ["firstIndex"] = 3,
                        }
                    ),
            ["inFlight"] =
                InFlightCount == 0
                    ? []
                    : new JsonArray(
                        new JsonObject
                        {
                            ["index"] = 251_007,
                            ["attempt"] = 2,
                            ["state"] = "calling",
                            ["startedAt"] = Start,
                        }
                    ),
        };
        snapshot["inFlightCount"] = isEvent ? InFlightCount : null;
        if (!isEvent)
        {
            snapshot["history"] = new JsonArray([.. Enumerable.Range(1, 4).Select(Point)]);
        }
        else if (Cells is { } cells)
        {
            snapshot["cells"] = new JsonObject
            {
                ["size"] = cells.Size,
                ["good"] = Numbers(cells.Good),
                ["failed"] = Numbers(cells.Failed),
            };
        }
        else
        {
            (snapshot["good"], snapshot["failed"]) = (
                new JsonArray(Numbers(0, 2), Numbers(4, Completed - 1)),
                Failures == 0 ? [] : new JsonArray(Numbers(3, 3))
            );
        }

        return snapshot;
    }

    private static JsonObject Point(int second) =>
        new()
        {
            ["at"] = Start.AddSeconds(second),
            ["completed"] = 2 * second,
            ["failures"] = 0,
            ["latencyP50Ms"] = 400,
            ["latencyP95Ms"] = 800,
        };

    private static JsonArray Numbers(params int[] numbers) => [.. numbers.Select(number => JsonValue.Create(number))];

    private string Rows()
    {
        var rows = Enumerable
            .Range(0, Math.Min(Completed, 10))
            .Where(index => index != 3 || Failures == 0)
            .Select(index =>
                $$$"""{"index":{{{index}}},"data":{"id":12345678901234567890,"name":"<img src=x onerror=\"document.title = 'run'\">"}}"""
            );
        return $$"""{"columns":[{"name":"id","type":"integer"},{"name":"name","type":"text"}],"rows":[{{string.Join(
            ',',
            rows
        )}}],"total":{{Completed - Failures}},"records":{{Completed - Failures}},"status":"{{Status}}"}""";
    }

    private string Records(string url)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(url).Query);
        var all = Enumerable.Range(0, Math.Min(Completed + Ahead, 10)).ToList();
        var page = query["order"] is "newest"
            ? all.AsEnumerable().Reverse()
            : all.Skip(int.Parse(query["offset"] ?? "0", CultureInfo.InvariantCulture));
        var items = page.Take(int.Parse(query["limit"]!, CultureInfo.InvariantCulture))
            .Select(index =>
                index == 3 && Failures > 0
                    ? new JsonObject
                    {
                        ["index"] = 3,
                        ["ok"] = false,
                        ["attempts"] = 6,
                        ["durationMs"] = 5400,
                        ["error"] = Why,
                        ["answer"] = "<img src=x onerror=\"document.title = 'run'\"> {",
                    }.ToJsonString()
                    : $$$"""{"index":{{{index}}},"ok":true,"attempts":1,"durationMs":400,"data":{"id":12345678901234567890,"name":"<img src=x onerror=\"document.title = 'run'\">"}}"""
            );
        return $$"""{"items":[{{string.Join(',', items)}}],"total":{{Completed + Ahead}}}""";
    }
}
