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
            Directory.CreateDirectory(directory);
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
