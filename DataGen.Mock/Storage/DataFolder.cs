using DataGen.Mock.Settings;

namespace DataGen.Mock.Storage;

/// <summary>Where the database and the files lie.</summary>
internal sealed class DataFolder : IDisposable
{
    private DataFolder(string path, bool isTemporary)
    {
        Path = path;
        IsTemporary = isTemporary;
    }

    public string Path { get; }

    /// <summary>It goes away with the process.</summary>
    public bool IsTemporary { get; }

    public string Database => System.IO.Path.Combine(Path, "mock.db");

    public string Files => System.IO.Path.Combine(Path, "mock-files");

    /// <summary>Makes the folder and tries to write to it, so that a folder which cannot be used stops the
    /// start.</summary>
    public static DataFolder Open(MockSettings settings, IConfiguration configuration)
    {
        if (settings.DataDirectory is not { } directory)
        {
            return new DataFolder(Directory.CreateTempSubdirectory("datagen-mock-").FullName, isTemporary: true);
        }

        try
        {
            Directory.CreateDirectory(directory);
            var probe = System.IO.Path.Combine(directory, $".probe-{Guid.CreateVersion7():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new DataFolder(directory, isTemporary: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw MockSettingsReader.BadDataDirectory(
                configuration,
                $"'{directory}' cannot be written to: {exception.Message}"
            );
        }
    }

    public void Dispose()
    {
        if (!IsTemporary)
        {
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
