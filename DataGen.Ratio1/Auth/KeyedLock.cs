namespace DataGen.Ratio1.Auth;

/// <summary>A lock per name, so that the changes of one user follow one another and those of different users do not
/// wait. Unused locks are forgotten.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Runs work while nothing else runs under the same name.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (entries)
        {
            entry = entries.TryGetValue(name, out var known) ? known : entries[name] = new Entry();
            entry.Users++;
        }

        try
        {
            await entry.Gate.WaitAsync(cancellationToken);
            try
            {
                return await work();
            }
            finally
            {
                entry.Gate.Release();
            }
        }
        finally
        {
            lock (entries)
            {
                if (--entry.Users == 0)
                {
                    entries.Remove(name);
                    entry.Gate.Dispose();
                }
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
