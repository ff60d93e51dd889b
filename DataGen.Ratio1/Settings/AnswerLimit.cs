using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DataGen.Ratio1.Settings;

/// <summary>The longest answer of a node that is read.</summary>
internal static class AnswerLimit
{
    public const string Setting = "DATAGEN_NODE_ANSWER_MB";

    public static long Bytes<TOptions>(IConfiguration configuration) =>
        (NodeAddress.Text(configuration, Setting) ?? "256") is var text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)
        && megabytes is > 0 and <= 2000
            ? megabytes * 1024L * 1024
            : throw BadSetting.Of<TOptions>(Setting, "is not a whole number from 1 to 2000.");
}
