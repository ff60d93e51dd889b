namespace DataGen.Tasks.Shards;

/// <summary>What a record in flight is doing.</summary>
internal enum InFlightState
{
    /// <summary>A call is on its way.</summary>
    Calling,

    /// <summary>The last attempt failed, the next one waits.</summary>
    Retrying,

    /// <summary>Its outcome is here and is being stored.</summary>
    Storing,
}
