using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Inference;

/// <summary>Asynchronous requests, from their start until two hours after their end.</summary>
internal sealed class AsyncRequests(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Starts one in the background.</summary>
    /// <returns>What to answer now; null when the id is taken.</returns>
    public NodeResult? TryStart(string? id, string? metadata, Func<CancellationToken, Task<NodeResult>> work)
    {
        Forget();
        id ??= Guid.CreateVersion7().ToString("N");
        var entry = new Entry(metadata, clock.GetUtcNow());
        if (!entries.TryAdd(id, entry))
        {
            return null;
        }

        _ = RunAsync(entry, work);
        return NodeResult.Of(
            new JsonObject
            {
                ["request_id"] = id,
                ["poll_url"] = $"/request_status?request_id={Uri.EscapeDataString(id)}",
                ["status"] = "pending",
            }
        );
    }

    /// <summary>What became of one: pending, its result, or, in full, everything known about it.</summary>
    public NodeResult Find(string id, bool full)
    {
        Forget();
        if (!entries.TryGetValue(id, out var entry))
        {
            return NodeResult.Failure($"Request ID {id} not found.", requestId: id);
        }

        var result = entry.Result;
        if (full)
        {
            return NodeResult.Of(entry.ToJson(id, result));
        }

        return result ?? NodeResult.Of(new JsonObject { ["request_id"] = id, ["status"] = "pending" });
    }

    private async Task RunAsync(Entry entry, Func<CancellationToken, Task<NodeResult>> work)
    {
        NodeResult result;
        try
        {
            result = await work(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            result = NodeResult.Failure("The mock is stopping.", "failed");
        }
        catch (Exception exception)
        {
            // Nobody awaits this: the poller must hear of it.
            result = NodeResult.Failure($"Inference failed: {exception.Message}", "failed");
        }

        entry.End(result, clock.GetUtcNow());
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (id, entry) in entries)
        {
            if (entry.Result is not null && now - entry.Updated >= Kept)
            {
                entries.TryRemove(id, out _);
            }
        }
    }

    private sealed class Entry(string? metadata, DateTimeOffset created)
    {
        private volatile NodeResult? result;
        private DateTimeOffset? ended;

        public NodeResult? Result => result;

        public DateTimeOffset Updated => ended ?? created;

        public void End(NodeResult result, DateTimeOffset now)
        {
            ended = now;
            this.result = result;
        }

        public JsonObject ToJson(string id, NodeResult? result)
        {
            var json = new JsonObject
            {
                ["request_id"] = id,
                ["status"] =
                    result is null ? "pending"
                    : result.Error is null ? "completed"
                    : result.Error.Contains("timed out", StringComparison.Ordinal) ? "timeout"
                    : "failed",
                ["created_at"] = created.ToUnixTimeMilliseconds() / 1000.0,
                ["updated_at"] = Updated.ToUnixTimeMilliseconds() / 1000.0,
                ["metadata"] = JsonNode.Parse(metadata ?? "{}"),
                ["subject"] = "anonymous",
            };
            if (result is not null)
            {
                json[result.Error is null ? "result" : "error"] = result.Error is null
                    ? JsonNode.Parse(result.Json.Span)
                    : result.Error;
            }

            return json;
        }
    }
}
