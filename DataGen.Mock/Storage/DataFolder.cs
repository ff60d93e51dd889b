using DataGen.Mock.Settings;

namespace DataGen.Mock.Storage;

/// <summary>Where the database and the files lie; only one mock may work in it.</summary>
internal sealed class DataFolder : IDisposable
{
    // Held open as long as the process lives: the operating system takes the lock away from a process that dies. The
    // standalone host holds a lock of its own in the same folder.
    private readonly FileStream? held;

    private DataFolder(string path, FileStream? held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <summary>It goes away with the process.</summary>
    public bool IsTemporary => held is null;

    public string Database => System.IO.Path.Combine(Path, "mock.db");

    public string Files => System.IO.Path.Combine(Path, "mock-files");

    /// <summary>Makes the folder and takes it for this process, so that a folder which cannot be used, or which another
    /// mock works in, stops the start.</summary>
    public static DataFolder Open(MockSettings settings, IConfiguration configuration)
    {
        if (settings.DataDirectory is not { } directory)
        {
            return new DataFolder(Directory.CreateTempSubdirectory("datagen-mock-").FullName, held: null);
        }

        try
        {
            Create(directory);
            var file = System.IO.Path.Combine(directory, "mock.lock");
            return new DataFolder(
                directory,
                new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw MockSettingsReader.BadDataDirectory(
                configuration,
                $"'{directory}' cannot be used: {exception.Message}"
            );
        }
    }

    // It holds users: for nobody else on this machine, also where it was there before. A folder of other things stays
    // as it is.
    private static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(directory, own);
        var entries = Directory.GetFileSystemEntries(directory).Select(System.IO.Path.GetFileName).ToList();
        if (
            entries.All(name =>
                name is "lock" or "secrets.json" or "keys" || name!.StartsWith("mock", StringComparison.Ordinal)
            )
        )
        {
            File.SetUnixFileMode(directory, own);
        }
    }

    public void Dispose()
    {
        if (held is not null)
        {
            held.Dispose();
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Somebody still reads in it: the system's cleaning of temporary files takes it.
        }
    }
}
