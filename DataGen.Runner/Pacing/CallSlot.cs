namespace DataGen.Runner.Pacing;

/// <summary>The permission to make one call.</summary>
/// <param name="Burst">The limit's burst when it was granted.</param>
/// <param name="Began">The clock's timestamp when it was granted.</param>
/// <param name="Probe">Whether it is the one call that tests whether a server that was given up answers again.</param>
internal readonly record struct CallSlot(long Burst, long Began, bool Probe);
