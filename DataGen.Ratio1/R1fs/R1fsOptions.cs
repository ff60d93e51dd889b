using DataGen.Ratio1.Http;

namespace DataGen.Ratio1.R1fs;

/// <summary>Where a node's R1FS is (31235 is its own default port, edge_node r1fs_manager_api.py) and how patient its
/// client should be.</summary>
public sealed record R1fsOptions : NodeOptions
{
    /// <summary>R1FS has no limit of its own, and fetching a file from another node may take 90 s (ratio1_sdk r1fs.py): so
    /// the deadline, until an answer begins, is 120 s.</summary>
    public R1fsOptions() => Deadline = TimeSpan.FromSeconds(120);

    /// <summary>How often a call is repeated after a transport error, 408, 429 or 5xx. A repeated upload may leave an
    /// unused file behind, nothing worse. Zero: never.</summary>
    public int Retries { get; init; } = 2;
}
