namespace DataGen.Bench.Floor;

/// <summary>What a record costs.</summary>
/// <param name="Processor">Processor time.</param>
/// <param name="Allocated">Bytes allocated; null: they were not counted.</param>
internal sealed record Cost(TimeSpan Processor, double? Allocated)
{
    /// <summary>That of one record of many.</summary>
    public static Cost operator /(Cost all, int records) => new(all.Processor / records, all.Allocated / records);

    /// <summary>What was spent since.</summary>
    public static Cost operator -(Cost now, Cost before) =>
        new(now.Processor - before.Processor, now.Allocated - before.Allocated);
}
