using Microsoft.Extensions.Options;

namespace DataGen.Ratio1.Settings;

/// <summary>Makes the exception for a missing or unusable setting: one line that names it and never repeats its
/// value.</summary>
internal static class BadSetting
{
    public static OptionsValidationException Of<TOptions>(string name, string problem) =>
        Saying<TOptions>(name, $"{name}: {problem}");

    public static OptionsValidationException Saying<TOptions>(string name, string sentence) =>
        new(name, typeof(TOptions), [sentence]);
}
