using DataGen.ServiceDefaults.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using StackExchange.Redis;

namespace DataGen.Web.Forms;

/// <summary>Registers antiforgery and its keys.</summary>
internal static class FormProtection
{
    private const string DataDirectoryName = "DATAGEN_DATA_DIR";
    private const string RedisKey = "datagen:web:keys";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Keeps the Data Protection keys in Redis (<c>ConnectionStrings:redis</c>), so that every replica accepts a form
    /// that another one rendered, else in <c>DATAGEN_DATA_DIR/keys</c>, so that a form is still accepted after a
    /// restart.
    /// </summary>
    internal static IHostApplicationBuilder AddFormProtection(this IHostApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("DataGen");
        if (builder.Configuration.Text(RedisSettings.Name) is not null)
        {
            builder.AddSettings<RedisSettings, RedisSettings.Validator>();
            builder
                .Services.AddOptions<KeyManagementOptions>()
                .Configure<RedisSettings>((keys, redis) => keys.XmlRepository = Repository(redis.Parse()!));
        }
        else if (builder.Configuration.Text(DataDirectoryName) is { } folder)
        {
            protection.PersistKeysToFileSystem(KeyFolder(folder));
        }

        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "datagen_form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true; // the Gateway's Content-Security-Policy forbids framing
        });
        return builder;
    }

    private static RedisXmlRepository Repository(ConfigurationOptions redis)
    {
        var connection = new Lazy<ConnectionMultiplexer>(() => ConnectionMultiplexer.Connect(redis));
        return new RedisXmlRepository(() => connection.Value.GetDatabase(), RedisKey);
    }

    private static DirectoryInfo KeyFolder(string folder)
    {
        try
        {
            var path = Path.GetFullPath(Path.Combine(folder, "keys"));
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw InvalidSetting.Of(DataDirectoryName, $"the folder '{folder}' cannot be used: {exception.Message}");
        }
    }
}
