using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DataGen.ServiceDefaults.Settings;

/// <summary>The Redis that the replicas of a service share.</summary>
public sealed partial class RedisSettings : IValidatableObject
{
    /// <summary>The setting's name; in the environment <c>ConnectionStrings__redis</c>.</summary>
    public const string Name = "ConnectionStrings:redis";

    /// <summary>The connection string in StackExchange.Redis' form; null: there is no Redis.</summary>
    [ConfigurationKeyName(Name)]
    public string? ConnectionString { get; init; }

    /// <summary>The connection options, or null when the string cannot be read. A lost connection is restored by
    /// itself.</summary>
    public ConfigurationOptions? Parse()
    {
        try
        {
            var options = ConfigurationOptions.Parse(ConnectionString ?? "");
            options.AbortOnConnectFail = false;
            return options.EndPoints.Count > 0 ? options : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ConnectionString is null || Parse() is not null
            ? []
            :
            [
                new(
                    "must be a StackExchange.Redis connection string such as localhost:6379.",
                    [nameof(ConnectionString)]
                ),
            ];

    /// <summary>The validation that the framework's generator writes.</summary>
    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<RedisSettings>;
}
