using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace DataGen.Ratio1.Settings;

/// <summary>Reads the address of a node's service from <c>HOST</c> and <c>PORT</c> settings or from a URL.</summary>
internal static partial class NodeAddress
{
    /// <summary>
    /// The address, or null when no setting has it. Blank counts as not set. A host may include a scheme and a port,
    /// and its port takes precedence over the <c>PORT</c> setting; without a scheme it is http; trailing slashes are
    /// dropped.
    /// </summary>
    public static Uri? Read<TOptions>(
        IConfiguration configuration,
        string hostName,
        string portName,
        params ReadOnlySpan<string> urlNames
    )
    {
        if (Text(configuration, hostName) is { } host)
        {
            var address = Parse<TOptions>(hostName, host);
            return Text(configuration, portName) is { } port && !PortAtEnd.IsMatch(Authority(host))
                ? new UriBuilder(address) { Port = Port<TOptions>(portName, port) }.Uri
                : address;
        }

        foreach (var name in urlNames)
        {
            if (Text(configuration, name) is { } url)
            {
                return Parse<TOptions>(name, url);
            }
        }

        return null;
    }

    public static string? Text(IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    [GeneratedRegex(@":[0-9]+\z")]
    private static partial Regex PortAtEnd { get; }

    private static string WithScheme(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";

    private static string Authority(string text) => WithScheme(text).Split("://", 2)[1].Split('/')[0];

    private static int Port<TOptions>(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw BadSetting.Of<TOptions>(name, "is not a port from 1 to 65535.");

    private static Uri Parse<TOptions>(string name, string text) =>
        Uri.TryCreate(WithScheme(text).TrimEnd('/'), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.Query is ""
        && uri.Fragment is ""
            ? uri
            : throw BadSetting.Of<TOptions>(name, "is not an http or https address such as http://10.0.0.5:31234.");
}
