namespace DataGen.Runner.Pacing;

/// <summary>What a call says about the server; what it says about the record is another matter.</summary>
internal enum CallOutcome
{
    /// <summary>Nothing: the run ended before the answer came.</summary>
    Abandoned,

    /// <summary>It works.</summary>
    Good,

    /// <summary>It is there, though the call failed.</summary>
    Answered,

    /// <summary>It has too much to do.</summary>
    Overloaded,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>The connection ended before the answer.</summary>
    Broken,

    /// <summary>There was no connection.</summary>
    Unreachable,
}
