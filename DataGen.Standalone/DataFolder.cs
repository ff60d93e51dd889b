using System.Runtime.Versioning;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace DataGen.Standalone;

/// <summary>The folder in which this program keeps its data between runs. Only its owner can read it, and only one
/// process can work in it.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string SettingName = "DATAGEN_DATA_DIR";

    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Enumerates everything below a folder; links are skipped, because they lead elsewhere.</summary>
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>The names that this program and the mock use in the folder.</summary>
    private static readonly string[] OwnNames =
    [
        "lock",
        "secrets.json",
        "keys",
        "mock.lock",
        "mock.db",
        "mock.db-wal",
        "mock.db-shm",
        "mock-files",
    ];

    // Held open as long as the process lives: the operating system releases the lock of a process that dies.
    private readonly FileStream held;

    private DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <summary>Makes the folder if it is missing, and locks it for this process.</summary>
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
            return;
        }

        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnFolder);
            return;
        }

        // The folder existed before, so its content may belong to other programs.
        if (File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherWrite))
        {
            throw InvalidSetting.Of(
                SettingName,
                $"everybody on this machine can write in '{path}'. Name a folder for DataGen alone."
            );
        }

        string[] entries = [.. Directory.EnumerateFileSystemEntries(path)];
        string[] own = [.. entries.SelectMany(Own)];
        var named = entries.Where(entry => OwnNames.Contains(System.IO.Path.GetFileName(entry)));
        if (named.FirstOrDefault(entry => new FileInfo(entry).LinkTarget is not null) is { } link)
        {
            throw InvalidSetting.Of(SettingName, $"'{link}' is a link to elsewhere.");
        }

        if (entries.All(IsOurs))
        {
            Restrict(path);
            return;
        }

        foreach (var entry in own)
        {
            Restrict(entry);
        }

        if ((File.GetUnixFileMode(path) & ~OwnFolder) != UnixFileMode.None)
        {
            Console.Error.WriteLine(
                $"{SettingName}: '{path}' also holds what is not DataGen's ('{System.IO.Path.GetFileName(entries.First(entry => !IsOurs(entry)))}') and so stays open to others; DataGen's files in it are closed to them."
            );
        }
    }

    // The parts of an entry that belong to DataGen: the keys in a folder "keys" that also holds other files.
    private static IEnumerable<string> Own(string entry) =>
        IsOurs(entry) ? [entry]
        : System.IO.Path.GetFileName(entry) == "keys" && Directory.Exists(entry)
            ? Directory.EnumerateFiles(entry, "key-*.xml").Where(key => new FileInfo(key).LinkTarget is null)
        : [];

    // A folder "keys" belongs to DataGen when it holds only ASP.NET Core's keys.
    private static bool IsOurs(string entry) =>
        System.IO.Path.GetFileName(entry) is var name
        && OwnNames.Contains(name)
        && (
            name != "keys"
            || !Directory.Exists(entry)
            || Directory
                .EnumerateFileSystemEntries(entry)
                .Select(System.IO.Path.GetFileName)
                .All(file =>
                    file!.StartsWith("key-", StringComparison.Ordinal)
                    && file.EndsWith(".xml", StringComparison.Ordinal)
                )
        );

    [UnsupportedOSPlatform("windows")]
    private static void Restrict(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                File.SetUnixFileMode(path, OwnFile);
                return;
            }

            File.SetUnixFileMode(path, OwnFolder);
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", Everything))
            {
                entry.UnixFileMode = entry is DirectoryInfo ? OwnFolder : OwnFile;
            }
        }
        catch (UnauthorizedAccessException)
        {
            // A volume that belongs to another user and allows this user's group: its modes are left to the user who
            // mounted it.
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
