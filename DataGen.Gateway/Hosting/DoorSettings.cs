using System.ComponentModel.DataAnnotations;
using System.Net;
using DataGen.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Hosting;

/// <summary>The proxies in front of the Gateway, and the names by which it is reached.</summary>
internal sealed partial class DoorSettings : IValidatableObject
{
    /// <summary>Proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed: addresses or
    /// networks (<c>10.0.0.0/8</c>), separated by commas.</summary>
    [ConfigurationKeyName("DATAGEN_TRUSTED_PROXIES")]
    public string TrustedProxies { get; init; } = "";

    /// <summary>Names other than <c>DATAGEN_APP_HOST</c> by which browsers reach DataGen, separated by commas;
    /// <c>*.example.com</c> stands for all names below it, <c>*</c> for every name.</summary>
    [ConfigurationKeyName("DATAGEN_ALLOWED_HOSTS")]
    public string AllowedHosts { get; init; } = "";

    /// <summary>The networks of the trusted proxies; a single address is a network of one.</summary>
    public IReadOnlyList<IPNetwork> Proxies => [.. Parts(TrustedProxies).Select(Network).OfType<IPNetwork>()];

    /// <summary>The allowed names, in lower case.</summary>
    public IReadOnlyList<string> Hosts => [.. Parts(AllowedHosts).Select(host => host.ToLowerInvariant())];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var part in Parts(TrustedProxies).Where(part => Network(part) is null))
        {
            yield return new(
                $"'{part}' is neither an IP address nor a network such as 10.0.0.0/8.",
                [nameof(TrustedProxies)]
            );
        }

        foreach (var part in Parts(AllowedHosts).Where(part => !IsPattern(part)))
        {
            yield return new($"'{part}' is no host name.", [nameof(AllowedHosts)]);
        }
    }

    private static string[] Parts(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork? Network(string text) =>
        IpText.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : text.Split('/') is [var first, _]
        && IpText.TryParse(first, out _)
        && IPNetwork.TryParse(text, out var network)
            ? network
        : null;

    private static bool IsPattern(string text) =>
        text == "*"
        || Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text)
            is not UriHostNameType.Unknown;

    /// <summary>The validation that the framework's generator writes.</summary>
    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<DoorSettings>;
}
