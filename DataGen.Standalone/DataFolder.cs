using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace DataGen.Standalone;

/// <summary>The folder that holds what the standalone host and the mock keep between runs; only its owner may look
/// inside.</summary>
internal static class DataFolder
{
    public const string SettingName = "DATAGEN_DATA_DIR";

    public static string Open(IConfiguration configuration)
    {
        var path = Path.GetFullPath(
            configuration.Text(SettingName)
                ?? Path.Combine(
                    Environment.GetFolderPath(
                        Environment.SpecialFolder.LocalApplicationData,
                        Environment.SpecialFolderOption.Create
                    ),
                    "datagen"
                )
        );
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(
                    path,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }

            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(SettingName, $"'{path}' cannot be used as a folder: {exception.Message}");
        }
    }
}
