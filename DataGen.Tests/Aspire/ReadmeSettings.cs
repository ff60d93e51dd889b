using System.Text.RegularExpressions;
using DataGen.Tests.Support;

namespace DataGen.Tests.Aspire;

/// <summary>The settings of the README's table.</summary>
internal static partial class ReadmeSettings
{
    // | `EE_CHAINSTORE_API_HOST` + `_PORT`, else `EE_CHAINSTORE_API_URL` | the stand-in | CStore |
    public static IEnumerable<string> Names()
    {
        foreach (var row in File.ReadLines(Path.Combine(DotnetProcess.Root, "README.md")))
        {
            var before = "";
            foreach (
                Match match in SettingName()
                    .Matches(row.StartsWith("| `", StringComparison.Ordinal) ? row.Split('|')[1] : "")
            )
            {
                var name = match.Groups[1].Value;
                before = name.StartsWith('_') ? before[..before.LastIndexOf('_')] + name : name;
                yield return before;
            }
        }
    }

    [GeneratedRegex("`([A-Za-z0-9_]+)`")]
    private static partial Regex SettingName();
}
