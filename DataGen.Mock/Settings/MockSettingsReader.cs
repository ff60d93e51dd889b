using System.Globalization;
using Microsoft.Extensions.Options;

namespace DataGen.Mock.Settings;

/// <summary>The one place that reads the mock's settings. A bad one throws <see cref="OptionsValidationException"/>
/// with a line that names it.</summary>
internal static class MockSettingsReader
{
    private const string DataDirectory = "MOCK_DATA_DIR";
    private const string SharedDataDirectory = "DATAGEN_DATA_DIR";
    private const string Seed = "MOCK_SEED";
    private const string Model = "MOCK_MODEL";
    private const string NodeSecret = "MOCK_NODE_SECRET";

    /// <summary>The fixed settings.</summary>
    public static MockSettings Read(IConfiguration configuration)
    {
        var directory = Text(configuration, DataDirectory) ?? Text(configuration, SharedDataDirectory);
        return new MockSettings(
            directory is null ? null : Path.GetFullPath(directory),
            ReadSeed(configuration),
            Text(configuration, Model) ?? "demo-model",
            Text(configuration, NodeSecret)
        );
    }

    /// <summary>The exception for a setting that cannot be used.</summary>
    public static OptionsValidationException Bad(string name, string problem) =>
        new(name, typeof(MockSettings), [$"{name}: {problem}"]);

    /// <summary>The exception for a data folder that cannot be used.</summary>
    public static OptionsValidationException BadDataDirectory(IConfiguration configuration, string problem) =>
        Bad(Text(configuration, DataDirectory) is null ? SharedDataDirectory : DataDirectory, problem);

    private static ulong? ReadSeed(IConfiguration configuration)
    {
        if (Text(configuration, Seed) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? unchecked((ulong)seed)
            : throw Bad(Seed, $"'{text}' is not a whole number.");
    }

    /// <summary>A setting; null when it is blank or not there.</summary>
    public static string? Text(IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
