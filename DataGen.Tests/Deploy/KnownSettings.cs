using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DataGen.Tests.Deploy;

/// <summary>The settings that the code reads, found in the code itself.</summary>
internal static class KnownSettings
{
    private static readonly string[] Prefixes = ["DATAGEN_", "EE_", "R1EN_", "OTEL_", "ConnectionStrings:"];

    /// <summary>Those that a service's own assembly binds or names in a constant.</summary>
    public static IReadOnlySet<string> Of(Assembly assembly) =>
        assembly
            .GetTypes()
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                    .Select(property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name)
                    .Concat(
                        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
                            .Where(field => field.IsLiteral)
                            .Select(field => field.GetRawConstantValue() as string)
                    )
            )
            .OfType<string>()
            .Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(name => name.Replace(":", "__", StringComparison.Ordinal))
            .ToHashSet();
}
