namespace DataGen.Runner.Pacing;

/// <summary>The state that all tasks of one user share. Read and changed only by the pacer, under its lock.</summary>
internal sealed class UserShare(string name)
{
    /// <summary>The user's name.</summary>
    public string Name { get; } = name;

    /// <summary>Open runs of all the tasks.</summary>
    public int Runs { get; set; }

    /// <summary>Calls of all the tasks in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>When one of the tasks last got a slot, counted in slots.</summary>
    public long LastGrant { get; set; }
}
