using System.Globalization;

namespace DataGen.Standalone;

/// <summary>The lines for a newcomer: the address and the user for the sign-in, the password when it is new, and
/// whether a demo model answers.</summary>
internal sealed class StartupBanner(StandaloneSettings settings, string origin, TimeSpan took)
{
    /// <param name="output">Where to write.</param>
    /// <param name="created">Whether this start created the admin; null while the store has not answered.</param>
    public void Write(TextWriter output, bool? created)
    {
        output.WriteLine();
        output.WriteLine(
            $"  DataGen is up after {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s. Sign in at:  {origin}"
        );
        output.WriteLine("  user:      admin");
        output.WriteLine($"  password:  {Password(created)}");
        output.WriteLine($"  data:      {settings.Folder}");
        if (settings.MocksInference)
        {
            output.WriteLine(
                "  A demo model answers, not a language model: set DATAGEN_INFERENCE_BASE_URL for a real one."
            );
        }

        if (settings.MocksCStore)
        {
            output.WriteLine("  CStore is kept in the data folder: set EE_CHAINSTORE_API_HOST for a node's.");
        }

        output.WriteLine("  Ctrl-C stops it; what was made stays.");
        output.WriteLine();
        output.Flush();
    }

    private string Password(bool? created) =>
        (created, settings.NewAdminPassword) switch
        {
            (true, { } made) => $"{made}   (new; shown only this once)",
            (true, null) => "the one in R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD",
            (false, _) => "as before",
            (null, _) => "CStore has not answered yet; signing in works as soon as it does",
        };
}
