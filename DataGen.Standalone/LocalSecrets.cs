using System.Security.Cryptography;
using System.Text.Json;
using DataGen.ServiceDefaults.Settings;

namespace DataGen.Standalone;

/// <summary>The secrets of a local installation. They are made once and kept in the data folder, readable only by its
/// owner.</summary>
/// <param name="SessionSecret">Default of <c>DATAGEN_SESSION_SECRET</c>.</param>
/// <param name="AuthSecret">Default of <c>R1EN_CSTORE_AUTH_SECRET</c>, the pepper of the password hashes.</param>
internal sealed record LocalSecrets(string SessionSecret, string AuthSecret)
{
    private const string FileName = "secrets.json";

    /// <summary>Reads the secrets of a data folder, or makes them.</summary>
    public static LocalSecrets Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path))
            {
                Write(path, new LocalSecrets(NewSecret(), NewSecret()));
            }

            return
                JsonSerializer.Deserialize<LocalSecrets>(File.ReadAllText(path), JsonSerializerOptions.Web)
                    is { SessionSecret.Length: >= 32, AuthSecret.Length: >= 32 } secrets
                ? secrets
                : throw new JsonException("Its secrets are missing or too short.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw InvalidSetting.Of(DataFolder.SettingName, $"'{path}' cannot be used: {exception.Message}");
        }
    }

    /// <summary>A password for people to type: 20 letters and digits that are hard to confuse, about 114
    /// bits.</summary>
    public static string NewPassword() =>
        RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);

    /// <summary>256 random bits.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    // Written to another file and moved into place: a process that is killed here leaves no secrets or complete ones.
    private static void Write(string path, LocalSecrets secrets)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = $"{path}.{Environment.ProcessId}";
        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, secrets, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: false);
    }
}
