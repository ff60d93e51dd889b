namespace DataGen.Runner.Pacing;

/// <summary>The state that all runs of one task share. Read and changed only by the pacer, under its lock.</summary>
internal sealed class TaskShare(string id, UserShare user)
{
    /// <summary>The task's owner.</summary>
    public UserShare User => user;

    /// <summary>The task's id.</summary>
    public string Id { get; } = id;

    /// <summary>The task's open runs.</summary>
    public int Runs { get; set; }

    /// <summary>The most calls in flight that the task wants.</summary>
    public int Bound { get; set; } = int.MaxValue;

    /// <summary>Calls in flight of all the task's runs.</summary>
    public int InFlight { get; set; }

    /// <summary>When the task last got a slot, counted in slots.</summary>
    public long LastGrant { get; set; }

    /// <summary>Whether the task's own bound allows another call.</summary>
    public bool HasRoom => InFlight < Bound;
}
