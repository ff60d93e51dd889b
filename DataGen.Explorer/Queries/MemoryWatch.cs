namespace DataGen.Explorer.Queries;

/// <summary>Ends a query that makes this process grow. It sees memory that DuckDB's own limit does not count, such as
/// long strings and lists under construction.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const long Most = 512L << 20;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly long start = Environment.WorkingSet;
    private readonly Timer timer;

    /// <param name="query">The query to end.</param>
    public MemoryWatch(CancellationTokenSource query) =>
        timer = new Timer(
            _ =>
            {
                if (Environment.WorkingSet - start > Most && !IsExceeded)
                {
                    IsExceeded = true;
                    query.Cancel();
                }
            },
            null,
            Period,
            Period
        );

    /// <summary>Whether the query was ended.</summary>
    public bool IsExceeded { get; private set; }

    public void Dispose()
    {
        using var done = new ManualResetEvent(false);
        timer.Dispose(done);
        done.WaitOne();
    }
}
