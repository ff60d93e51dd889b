namespace DataGen.Runner.Pacing;

/// <summary>What a call says about the server. What it says about the record is decided elsewhere.</summary>
internal enum CallOutcome
{
    /// <summary>Nothing: the run ended before the answer came.</summary>
    Abandoned,

    /// <summary>The server works.</summary>
    Good,

    /// <summary>The server answered, though the call failed.</summary>
    Answered,

    /// <summary>The server is overloaded.</summary>
    Overloaded,

    /// <summary>The server did not answer in time.</summary>
    TimedOut,

    /// <summary>The connection ended before the answer.</summary>
    Broken,

    /// <summary>No connection could be made.</summary>
    Unreachable,
}
