namespace DataGen.Tasks.Storage;

/// <summary>A read that interleaving calls of one grain share; after a failure the next call reads again. Used only in
/// the grain's own turn.</summary>
internal sealed class SharedLoad<T>(Func<Task<T>> read)
{
    private Task<T>? running;

    public async Task<T> RunAsync()
    {
        var load = running ??= read();
        try
        {
            return await load;
        }
        finally
        {
            if (ReferenceEquals(running, load))
            {
                running = null;
            }
        }
    }
}
