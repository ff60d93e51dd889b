using DataGen.ServiceDefaults.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace DataGen.Web.Forms;

/// <summary>Antiforgery, and the keys it lives on.</summary>
internal static class FormProtection
{
    private const string DataDirectoryName = "DATAGEN_DATA_DIR";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Keeps the Data Protection keys in <c>DATAGEN_DATA_DIR/keys</c> when that is set, so that a form outlives a restart.</summary>
    internal static IHostApplicationBuilder AddFormProtection(this IHostApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("DataGen");
        if (builder.Configuration.Text(DataDirectoryName) is { } folder)
            protection.PersistKeysToFileSystem(KeyFolder(folder));

        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "datagen_form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true; // framing is the Gateway's Content-Security-Policy to rule
        });
        return builder;
    }

    private static DirectoryInfo KeyFolder(string folder)
    {
        try
        {
            var path = Path.GetFullPath(Path.Combine(folder, "keys"));
            return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(DataDirectoryName, $"the folder '{folder}' cannot be used: {exception.Message}");
        }
    }
}
