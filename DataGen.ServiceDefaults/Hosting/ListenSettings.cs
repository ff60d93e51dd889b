using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Hosting;

/// <summary>The address and port at which DataGen listens for browsers and scripts.</summary>
public sealed partial class ListenSettings : IValidatableObject
{
    internal const string HostName = "DATAGEN_APP_HOST";
    internal const string PortName = "DATAGEN_APP_PORT";

    /// <summary>A host name or an IP address of this machine; <c>*</c>, <c>0.0.0.0</c> or <c>::</c>: all of
    /// them.</summary>
    [ConfigurationKeyName(HostName)]
    public string Host
    {
        get;
        init => field = value.Trim().Trim('[', ']');
    } = "localhost";

    /// <summary>The port.</summary>
    [ConfigurationKeyName(PortName), Range(1, 65535, ErrorMessage = InvalidSetting.WholeNumber)]
    public int Port { get; init; } = 5080;

    /// <summary>The addresses in Kestrel's form. A name is resolved here, because Kestrel listens on every address of
    /// the machine for a name it does not know.</summary>
    public IReadOnlyList<string> Urls =>
        IsAll || IsLocalhost
            ? [$"http://{Host}:{Port}"]
            : [.. Addresses.Select(address => $"http://{new IPEndPoint(address, Port)}")];

    /// <summary>The address that people type into a browser on this machine.</summary>
    public string Origin =>
        IsAll || Addresses.Any(IsAny) ? $"http://localhost:{Port}"
        : IPAddress.TryParse(Host, out var address) ? $"http://{new IPEndPoint(address, Port)}"
        : $"http://{Host}:{Port}";

    private bool IsAll => Host is "*" or "+";

    private bool IsLocalhost => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private IPAddress[] Addresses => field ??= Resolve();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        IsAll || IsLocalhost || Addresses.Length > 0
            ? []
            : [new($"'{Host}' is neither an IP address nor a name that resolves to one.", [nameof(Host)])];

    private IPAddress[] Resolve()
    {
        if (IPAddress.TryParse(Host, out var address))
        {
            return IpText.TryParse(Host, out _) ? [address] : [];
        }

        try
        {
            return [.. Dns.GetHostAddresses(Host).Where(found => !IsAny(found))];
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return [];
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>The validation that the framework's generator writes.</summary>
    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<ListenSettings>;
}
