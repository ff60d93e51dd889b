using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Settings;

/// <summary>Replaces the property's name in every failure by the name of the setting.</summary>
internal sealed class NamingValidator<TSettings>(IValidateOptions<TSettings> inner) : IValidateOptions<TSettings>
    where TSettings : class
{
    public ValidateOptionsResult Validate(string? name, TSettings options) =>
        inner.Validate(name, options) is { Failed: true } result
            ? ValidateOptionsResult.Fail(result.Failures.Select(Named))
            : ValidateOptionsResult.Success;

    // Example: MaxAttempts: must be a whole number from 1 to 100.
    private static string Named(string failure) =>
        failure.Split(": ", 2) is [var property, var problem]
        && typeof(TSettings).GetProperty(property)?.GetCustomAttribute<ConfigurationKeyNameAttribute>() is { } key
            ? $"{key.Name}: {problem}"
            : failure;
}
