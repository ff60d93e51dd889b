using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace DataGen.Standalone;

/// <summary>The folder that holds what this program keeps between runs; only its owner may look inside, and only one
/// process may work in it.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string SettingName = "DATAGEN_DATA_DIR";

    // Held open as long as the process lives: the operating system takes the lock away from a process that dies.
    private readonly FileStream held;

    private DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <summary>Makes the folder where it is missing, and takes it for this process.</summary>
    public static DataFolder Open(IConfiguration configuration)
    {
        var path = System.IO.Path.GetFullPath(
            configuration.Text(SettingName)
                ?? System.IO.Path.Combine(
                    Environment.GetFolderPath(
                        Environment.SpecialFolder.LocalApplicationData,
                        Environment.SpecialFolderOption.Create
                    ),
                    "datagen"
                )
        );
        try
        {
            Create(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InvalidSetting.Of(SettingName, $"'{path}' cannot be used as a folder: {exception.Message}");
        }

        return new DataFolder(path, Take(path));
    }

    public void Dispose() => held.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStream Take(string path)
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(path, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (UnauthorizedAccessException exception)
        {
            throw InvalidSetting.Of(SettingName, $"'{path}' cannot be written: {exception.Message}");
        }
        catch (IOException)
        {
            throw InvalidSetting.Of(
                SettingName,
                $"another DataGen works in '{path}'. Stop it, or name another folder for this one."
            );
        }
    }
}
