namespace DataGen.Runner.Pacing;

/// <summary>What all tasks of one user have together. Read and changed only by the pacer, under its lock.</summary>
internal sealed class UserShare(string name)
{
    /// <summary>The user's name.</summary>
    public string Name { get; } = name;

    /// <summary>Open runs of all the tasks.</summary>
    public int Runs { get; set; }

    /// <summary>Calls of all the tasks in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>When one of them was last given a slot, counted in slots.</summary>
    public long LastGrant { get; set; }
}
