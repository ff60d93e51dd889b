namespace DataGen.Tasks.Shards;

/// <summary>What a record in flight is doing.</summary>
internal enum InFlightState
{
    /// <summary>A call is in flight.</summary>
    Calling,

    /// <summary>The last attempt failed, the next one waits.</summary>
    Retrying,

    /// <summary>The record has ended and is being stored.</summary>
    Storing,
}
