using DataGen.Ratio1.Http;

namespace DataGen.Ratio1.R1fs;

/// <summary>The address of a node's R1FS (31235 is its own default port, edge_node r1fs_manager_api.py), and the
/// deadlines and retries of its client.</summary>
public sealed record R1fsOptions : NodeOptions
{
    /// <summary>Sets the deadline, until an answer begins, to 120 s: R1FS has no limit of its own, and fetching a file
    /// from another node may take 90 s (ratio1_sdk r1fs.py).</summary>
    public R1fsOptions()
        : base(TimeSpan.FromSeconds(120)) { }

    /// <summary>How often a call is repeated after a transport error, 408, 429 or 5xx; 0: never. A repeated upload may
    /// leave an unused file behind, which is harmless.</summary>
    public int Retries { get; init; } = 2;
}
