namespace DataGen.Explorer.Datasets;

/// <summary>The folder of this process's datasets: for its user alone, and disposable. What a process that died has left
/// is removed by the next.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private const string Prefix = "datagen-explorer-";
    private const string LockName = "lock";

    // Held open as long as the process lives: the operating system takes the lock away from a process that dies.
    private readonly FileStream held;
    private long files;

    public DatasetFolder()
    {
        foreach (var other in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*"))
        {
            RemoveAbandoned(other);
        }

        Path = Directory.CreateTempSubdirectory(Prefix).FullName;
        held = Take(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A file name that was not used before.</summary>
    public string NewFile() => System.IO.Path.Combine(Path, $"{Interlocked.Increment(ref files)}.duckdb");

    public void Dispose()
    {
        held.Dispose();
        Remove(Path);
    }

    private static FileStream Take(string folder) =>
        new(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveAbandoned(string folder)
    {
        try
        {
            // One that is being made has no lock yet, but is younger than any start takes.
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromMinutes(1))
            {
                Take(folder).Dispose();
                Remove(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process's.
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }
}
