using DataGen.Ratio1.Settings;
using Microsoft.Extensions.Configuration;

namespace DataGen.Ratio1.R1fs;

/// <summary>The settings of R1FS, by the names that Ratio1's nodes inject.</summary>
internal static class R1fsSettings
{
    private const string Host = "EE_R1FS_API_HOST";
    private const string Port = "EE_R1FS_API_PORT";
    private const string Url = "R1EN_R1FS_API_URL";
    private const string LegacyUrl = "EE_R1FS_API_URL";

    /// <summary>The address of R1FS; null when no setting names it.</summary>
    public static R1fsOptions? Read(IConfiguration configuration) =>
        NodeAddress.Read<R1fsOptions>(configuration, Host, Port, Url, LegacyUrl) is { } address
            ? new R1fsOptions { Address = address, MaximumAnswerBytes = AnswerLimit.Bytes<R1fsOptions>(configuration) }
            : null;
}
