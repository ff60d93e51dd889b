using System.Threading.RateLimiting;
using DataGen.Contracts;
using DataGen.Explorer.Settings;
using DataGen.Explorer.Telemetry;
using DuckDB.NET.Data;
using Grpc.Core;

namespace DataGen.Explorer.Datasets;

/// <summary>The datasets that were asked about lately. As many are open as memory allows, and as many are kept as the
/// disk allows; the least recently used ones are given up first.</summary>
internal sealed class DatasetCache(
    DatasetFolder folder,
    TasksClient tasks,
    ExplorerOptions options,
    ExplorerMetrics metrics,
    TimeProvider clock
) : IDisposable
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Owner, string Id), Entry> entries = [];

    // A dataset in use is open, so there are no more questions at a time than open datasets.
    private readonly ConcurrencyLimiter questions = new(
        new ConcurrencyLimiterOptions { PermitLimit = options.MostOpen, QueueLimit = MostWaiting }
    );

    /// <summary>How many datasets have a copy, and the bytes of their files.</summary>
    public (int Datasets, long Bytes) Kept
    {
        get
        {
            lock (gate)
            {
                return (entries.Count, entries.Values.Sum(entry => entry.Dataset.Size));
            }
        }
    }

    /// <summary>Asks a question of a dataset that is at most a second old.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="owner">The task's owner, where that is another user.</param>
    /// <param name="allowPartial">As for <see cref="Dataset.RefreshAsync"/>.</param>
    /// <param name="question">The question, with a connection of its own; it may take long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">There is no such task for the caller, Tasks cannot be reached, or there are too
    /// many questions.</exception>
    public async Task<T> AskAsync<T>(
        string id,
        string owner,
        bool allowPartial,
        Func<DatasetSnapshot, DuckDBConnection, T> question,
        CancellationToken cancellationToken
    )
    {
        using var turn = await questions.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired)
        {
            throw CallFailures.TooMany("Too many datasets are being asked at once.", BusyRetry);
        }

        var entry = Enter((owner, id));
        try
        {
            var snapshot = await entry.Dataset.RefreshAsync(tasks, owner, allowPartial, cancellationToken);
            return await Task.Run(
                () => entry.Dataset.Read(connection => question(snapshot, connection)),
                cancellationToken
            );
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // The task was deleted, or was never this caller's.
            entry.IsGone = true;
            throw;
        }
        finally
        {
            Leave((owner, id), entry);
        }
    }

    /// <summary>Gives up the datasets that were not asked about for ten minutes: their tasks may be deleted.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            foreach (var (key, entry) in Idle().Where(idle => clock.GetElapsedTime(idle.Entry.UsedAt) > LongestIdle))
            {
                Drop(key, entry);
            }
        }
    }

    public void Dispose()
    {
        questions.Dispose();
        lock (gate)
        {
            foreach (var (key, entry) in entries.ToArray())
            {
                Drop(key, entry);
            }
        }
    }

    private Entry Enter((string Owner, string Id) key)
    {
        lock (gate)
        {
            var isKept = entries.TryGetValue(key, out var entry);
            metrics.Asked(isKept);
            if (entry is null)
            {
                entry = new Entry(new Dataset(key.Id, folder, clock));
                entries.Add(key, entry);
            }

            entry.Users++;
            entry.UsedAt = clock.GetTimestamp();
            var inUse = entries.Values.Count(other => other.Users > 0);
            foreach (var (_, idle) in Idle().Where(idle => idle.Entry.Dataset.IsOpen).Skip(options.MostOpen - inUse))
            {
                idle.Dataset.Close();
            }

            return entry;
        }
    }

    private void Leave((string Owner, string Id) key, Entry entry)
    {
        lock (gate)
        {
            entry.Users--;
            entry.UsedAt = clock.GetTimestamp();
            if (entry is { IsGone: true, Users: 0 })
            {
                Drop(key, entry);
            }

            var most = (long)options.DiskMegabytes << 20;
            foreach (var (idle, other) in Idle())
            {
                most -= other.Dataset.Size;
                if (most < 0)
                {
                    Drop(idle, other);
                }
            }
        }
    }

    // The datasets without a question at present, the most recently used first.
    private ((string Owner, string Id) Key, Entry Entry)[] Idle() =>
        [
            .. entries
                .Where(pair => pair.Value.Users == 0)
                .OrderByDescending(pair => pair.Value.UsedAt)
                .Select(pair => (pair.Key, pair.Value)),
        ];

    private void Drop((string Owner, string Id) key, Entry entry)
    {
        if (entries.Remove(key))
        {
            entry.Dataset.Dispose();
        }
    }

    private sealed class Entry(Dataset dataset)
    {
        public Dataset Dataset => dataset;

        public int Users { get; set; }

        public long UsedAt { get; set; }

        public bool IsGone { get; set; }
    }
}
