namespace DataGen.Ratio1.Auth;

/// <summary>A lock per name: changes of one user run one after another, and those of different users do not wait for
/// each other. Unused locks are removed.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Runs work while no other work runs under the same name.</summary>
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
