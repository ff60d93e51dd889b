namespace DataGen.Explorer.Datasets;

/// <summary>The folder of this process's datasets, which are disposable; only the process's user can read it. The
/// folder of a process that died is removed by the next process.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private const string Prefix = "datagen-explorer-";
    private const string LockName = "lock";

    // Held open as long as the process lives: the operating system releases the lock of a process that dies.
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

    /// <summary>A new file name.</summary>
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
            // A folder that is being made has no lock yet, but is younger than any start takes.
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromMinutes(1))
            {
                Take(folder).Dispose();
                Remove(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder belongs to another process.
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
