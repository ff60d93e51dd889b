using System.Globalization;

namespace DataGen.Standalone;

/// <summary>What a newcomer reads: where to go, as whom, and the password the one time it is new.</summary>
internal static class StartupBanner
{
    /// <param name="output">Where to write.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="created">Whether this start created the admin; null while the store has not answered.</param>
    /// <param name="took">How long the start took.</param>
    public static void Write(TextWriter output, StandaloneSettings settings, bool? created, TimeSpan took)
    {
        output.WriteLine();
        output.WriteLine(
            $"  DataGen is up after {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s:  {settings.Origin.GetLeftPart(UriPartial.Authority)}"
        );
        output.WriteLine("  user:      admin");
        output.WriteLine($"  password:  {Password(settings, created)}");
        output.WriteLine($"  data:      {settings.Folder}");
        if (settings.MocksCStore || settings.MocksInference)
        {
            output.WriteLine($"  {Mocked(settings)} (set {Names(settings)} for a real one)");
        }

        output.WriteLine("  Ctrl-C stops it; what was made stays.");
        output.WriteLine();
        output.Flush();
    }

    private static string Password(StandaloneSettings settings, bool? created) =>
        (created, settings.NewAdminPassword) switch
        {
            (true, { } made) => $"{made}   (new; shown only this once)",
            (true, null) => "the one in R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD",
            (false, _) => "as before",
            (null, _) => "CStore has not answered yet; signing in works as soon as it does",
        };

    private static string Mocked(StandaloneSettings settings) =>
        (settings.MocksCStore, settings.MocksInference) switch
        {
            (true, true) => "CStore and the inference server are local stand-ins",
            (true, false) => "CStore is a local stand-in",
            _ => "The inference server is a local stand-in",
        };

    private static string Names(StandaloneSettings settings) =>
        (settings.MocksCStore, settings.MocksInference) switch
        {
            (true, true) => "EE_CHAINSTORE_API_HOST, DATAGEN_INFERENCE_BASE_URL",
            (true, false) => "EE_CHAINSTORE_API_HOST",
            _ => "DATAGEN_INFERENCE_BASE_URL",
        };
}
