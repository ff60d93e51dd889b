using System.Text.Json;

namespace DataGen.Tests.Reliability;

/// <summary>How the completions asked of the mock ended.</summary>
internal sealed record InferenceCounts(
    int Requested,
    int Succeeded,
    int Wrapped,
    int Failed,
    int Malformed,
    int Aborted,
    int InFlight
)
{
    /// <summary>Calls that brought a whole record.</summary>
    public int Good => Succeeded + Wrapped;

    public static InferenceCounts Read(JsonElement json)
    {
        return new(
            Get("requested"),
            Get("succeeded"),
            Get("wrapped"),
            Get("failed"),
            Get("malformed"),
            Get("aborted"),
            Get("inFlight")
        );

        int Get(string name) => json.GetProperty(name).GetInt32();
    }

    public static InferenceCounts operator -(InferenceCounts now, InferenceCounts before) =>
        new(
            now.Requested - before.Requested,
            now.Succeeded - before.Succeeded,
            now.Wrapped - before.Wrapped,
            now.Failed - before.Failed,
            now.Malformed - before.Malformed,
            now.Aborted - before.Aborted,
            now.InFlight
        );
}
