using System.Collections.Concurrent;
using System.Text.Json;

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
        return NodeResult.Write(
            null,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("request_id", id);
                json.WriteString("poll_url", $"/request_status?request_id={Uri.EscapeDataString(id)}");
                json.WriteString("status", "pending");
                json.WriteEndObject();
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
            return NodeResult.Write(null, json => entry.WriteTo(json, id, result));
        }

        return result
            ?? NodeResult.Write(
                null,
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("request_id", id);
                    json.WriteString("status", "pending");
                    json.WriteEndObject();
                }
            );
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

        public void WriteTo(Utf8JsonWriter json, string id, NodeResult? result)
        {
            json.WriteStartObject();
            json.WriteString("request_id", id);
            json.WriteString(
                "status",
                result is null ? "pending"
                    : result.Error is null ? "completed"
                    : result.Error.Contains("timed out", StringComparison.Ordinal) ? "timeout"
                    : "failed"
            );
            json.WriteNumber("created_at", created.ToUnixTimeMilliseconds() / 1000.0);
            json.WriteNumber("updated_at", Updated.ToUnixTimeMilliseconds() / 1000.0);
            json.WritePropertyName("metadata");
            json.WriteRawValue(metadata ?? "{}");
            json.WriteString("subject", "anonymous");
            if (result is { Error: null })
            {
                json.WritePropertyName("result");
                json.WriteRawValue(result.Json.Span);
            }
            else if (result is not null)
            {
                json.WriteString("error", result.Error);
            }

            json.WriteEndObject();
        }
    }
}
