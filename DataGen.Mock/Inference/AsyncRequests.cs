using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Inference;

/// <summary>Asynchronous requests, from their start until two hours after their end.</summary>
internal sealed class AsyncRequests(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Starts one in the background.</summary>
    /// <returns>What to answer now; null when the id is taken.</returns>
    public JsonObject? TryStart(string? id, JsonElement? metadata, Func<CancellationToken, Task<JsonObject>> work)
    {
        Forget();
        id ??= Guid.CreateVersion7().ToString("N");
        var entry = new Entry(metadata, clock.GetUtcNow());
        if (!entries.TryAdd(id, entry))
        {
            return null;
        }

        _ = RunAsync(entry, work);
        return new JsonObject
        {
            ["request_id"] = id,
            ["poll_url"] = $"/request_status?request_id={Uri.EscapeDataString(id)}",
            ["status"] = "pending",
        };
    }

    /// <summary>What became of one: pending, its result, or, in full, everything known about it.</summary>
    public JsonObject Find(string id, bool full)
    {
        Forget();
        return !entries.TryGetValue(id, out var entry)
                ? NodeResults.Failure($"Request ID {id} not found.", requestId: id)
            : full ? entry.ToJson(id)
            : entry.Result ?? new JsonObject { ["request_id"] = id, ["status"] = "pending" };
    }

    private async Task RunAsync(Entry entry, Func<CancellationToken, Task<JsonObject>> work)
    {
        JsonObject result;
        try
        {
            result = await work(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            result = NodeResults.Failure("The mock is stopping.", "failed");
        }
        catch (Exception exception)
        {
            // Nobody awaits this: the poller must hear of it.
            result = NodeResults.Failure($"Inference failed: {exception.Message}", "failed");
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

    private sealed class Entry(JsonElement? metadata, DateTimeOffset created)
    {
        private volatile JsonObject? result;
        private DateTimeOffset? ended;

        public JsonObject? Result => result;

        public DateTimeOffset Updated => ended ?? created;

        public void End(JsonObject result, DateTimeOffset now)
        {
            ended = now;
            this.result = result;
        }

        public JsonObject ToJson(string id)
        {
            var result = Result;
            var error = result is null ? null : NodeResults.ErrorOf(result);
            var json = new JsonObject
            {
                ["request_id"] = id,
                ["status"] =
                    result is null ? "pending"
                    : error is null ? "completed"
                    : error.Contains("timed out", StringComparison.Ordinal) ? "timeout"
                    : "failed",
                ["created_at"] = created.ToUnixTimeMilliseconds() / 1000.0,
                ["updated_at"] = Updated.ToUnixTimeMilliseconds() / 1000.0,
                ["metadata"] = metadata is { } given ? JsonObject.Create(given) : new JsonObject(),
                ["subject"] = "anonymous",
            };
            if (result is not null)
            {
                json[error is null ? "result" : "error"] = error is null ? result.DeepClone() : error;
            }

            return json;
        }
    }
}
