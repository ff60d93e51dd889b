namespace DataGen.Runner.Pacing;

/// <summary>What all runs of one task have together. Read and changed only by the pacer, under its lock.</summary>
internal sealed class TaskShare(string id, UserShare user)
{
    /// <summary>Whose it is.</summary>
    public UserShare User => user;

    /// <summary>The task's id.</summary>
    public string Id { get; } = id;

    /// <summary>Its open runs.</summary>
    public int Runs { get; set; }

    /// <summary>Calls in flight that it wants at most.</summary>
    public int Bound { get; set; } = int.MaxValue;

    /// <summary>Calls of all its runs in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>When it was last given a slot, counted in slots.</summary>
    public long LastGrant { get; set; }

    /// <summary>Whether its own bound allows another call.</summary>
    public bool HasRoom => InFlight < Bound;
}
