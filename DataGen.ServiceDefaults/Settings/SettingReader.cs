using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DataGen.ServiceDefaults.Settings;

/// <summary>Reads settings by the names operators use; every failure is a <see cref="SettingException"/> naming the
/// setting.</summary>
/// <remarks>An empty or blank value counts as not set, as it does for the Ratio1 clients.</remarks>
public static class SettingReader
{
    /// <summary>The trimmed value, or null when the setting is missing or blank.</summary>
    public static string? Text(this IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A whole number between <paramref name="minimum"/> and <paramref name="maximum"/>, both
    /// included.</summary>
    public static int WholeNumber(
        this IConfiguration configuration,
        string name,
        int fallback,
        int minimum,
        int maximum
    )
    {
        if (configuration.Text(name) is not { } text)
        {
            return fallback;
        }

        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum
            && number <= maximum
            ? number
            : throw new SettingException(name, $"'{text}' is not a whole number from {minimum} to {maximum}.");
    }

    /// <summary>A secret of at least <paramref name="minimumBytes"/> UTF-8 bytes; used untrimmed.</summary>
    public static string Secret(this IConfiguration configuration, string name, int minimumBytes)
    {
        var value = configuration[name];
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new SettingException(name, $"is required: a random secret of at least {minimumBytes} bytes.");
        }

        return System.Text.Encoding.UTF8.GetByteCount(value) >= minimumBytes
            ? value
            : throw new SettingException(name, $"is too short: at least {minimumBytes} bytes are needed.");
    }

    /// <summary>
    /// An http(s) base address from <c>HOST</c> + <c>PORT</c> settings, else from the first URL setting that is set;
    /// null when none is.
    /// The host may carry a scheme or a port of its own (a port of its own wins); trailing slashes are dropped.
    /// </summary>
    public static Uri? Address(
        this IConfiguration configuration,
        string hostName,
        string portName,
        params ReadOnlySpan<string> urlNames
    )
    {
        if (configuration.Text(hostName) is { } host)
        {
            var withScheme = WithScheme(host);
            var port = configuration.Text(portName);
            if (
                port is not null
                && Uri.TryCreate(withScheme, UriKind.Absolute, out var bare)
                && bare.IsDefaultPort
                && !HasPort(host)
            )
            {
                if (
                    !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    || number is < 1 or > 65535
                )
                {
                    throw new SettingException(portName, $"'{port}' is not a port from 1 to 65535.");
                }

                withScheme = new UriBuilder(bare) { Port = number }.Uri.ToString();
            }

            return Parse(hostName, withScheme);
        }

        foreach (var name in urlNames)
        {
            if (configuration.Text(name) is { } url)
            {
                return Parse(name, WithScheme(url));
            }
        }

        return null;
    }

    private static string WithScheme(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";

    private static bool HasPort(string host) =>
        host.TrimEnd('/').LastIndexOf(':') > host.IndexOf("://", StringComparison.Ordinal) + 2
        && char.IsAsciiDigit(host.TrimEnd('/')[^1])
        && !host.TrimEnd('/').EndsWith(']');

    private static Uri Parse(string name, string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new SettingException(name, $"'{text}' is not an http or https address.");
}
