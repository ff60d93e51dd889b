using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Settings;

/// <summary>Describes a bad setting in one line that names it and never repeats a secret's value.</summary>
public static class InvalidSetting
{
    /// <summary>The message of a range of whole numbers.</summary>
    public const string WholeNumber = "must be a whole number from {1} to {2}.";

    /// <summary>The message of a range of numbers.</summary>
    public const string Number = "must be a number from {1} to {2}.";

    /// <summary>The exception for a problem that only shows when the setting is used, such as a folder that cannot be
    /// written.</summary>
    public static OptionsValidationException Of(string name, string problem) =>
        new(name, typeof(InvalidSetting), [$"{name}: {problem}"]);
}
