using System.Globalization;
using System.Text.Json;

namespace DataGen.Tests.Reliability;

/// <summary>The counters over all tasks.</summary>
internal sealed record Counters(
    int TotalJobs,
    int TotalRecordsRequested,
    int TotalRecordsGenerated,
    int ActiveJobs,
    int FailedJobs
)
{
    /// <summary>As the store has them.</summary>
    public static Counters Stored(MockNode mock)
    {
        var fields = mock.Hash("datagen:metrics");
        return Read(name => int.Parse(fields[name], CultureInfo.InvariantCulture));
    }

    /// <summary>As the API shows them.</summary>
    public static Counters Shown(JsonElement metrics) => Read(name => metrics.GetProperty(name).GetInt32());

    private static Counters Read(Func<string, int> counter) =>
        new(
            counter("totalJobs"),
            counter("totalRecordsRequested"),
            counter("totalRecordsGenerated"),
            counter("activeJobs"),
            counter("failedJobs")
        );
}
