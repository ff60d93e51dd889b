using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Settings;

/// <summary>Reads settings by the names operators use.</summary>
public static class SettingsExtensions
{
    /// <summary>
    /// Adds <typeparamref name="TSettings"/>, bound to the names in <see cref="ConfigurationKeyNameAttribute"/> on its
    /// properties and validated before the service starts.
    /// </summary>
    /// <remarks>A blank value counts as not set, because compose files and nodes pass settings on that nobody has
    /// set.</remarks>
    public static IHostApplicationBuilder AddSettings<TSettings, TValidator>(this IHostApplicationBuilder builder)
        where TSettings : class
        where TValidator : IValidateOptions<TSettings>, new()
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(TSettings)))
        {
            return builder;
        }

        builder
            .Services.AddOptions<TSettings>()
            .Configure(settings => Bind(builder.Configuration, settings))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TSettings>>(new NamingValidator<TSettings>(new TValidator()));
        builder.Services.TryAddSingleton(services => services.GetRequiredService<IOptions<TSettings>>().Value);
        return builder;
    }

    /// <summary>The trimmed value, or null when the setting is missing or blank.</summary>
    public static string? Text(this IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static void Bind<TSettings>(IConfiguration configuration, TSettings settings)
        where TSettings : class
    {
        var set = configuration.AsEnumerable().Where(setting => !string.IsNullOrWhiteSpace(setting.Value));
        try
        {
            new ConfigurationBuilder().AddInMemoryCollection(set).Build().Bind(settings);
        }
        catch (InvalidOperationException exception)
        {
            // Its message names the setting: Failed to convert configuration value 'many' at 'DATAGEN_MAX_ATTEMPTS'…
            throw new OptionsValidationException(Options.DefaultName, typeof(TSettings), [exception.Message]);
        }
    }
}
