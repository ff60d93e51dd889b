using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Values;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records;

/// <summary>How the records of one prompt are made; worked out once and shared by all its records.</summary>
/// <param name="Places">The places that records may be set in.</param>
/// <param name="Make">Makes a record.</param>
internal sealed record RecordPlan(Draft Draft, IReadOnlyList<Place> Places, Maker Make)
{
    private object? first;

    /// <summary>The first record made; <paramref name="made"/> when it is that.</summary>
    public object? FirstOr(object? made) => Interlocked.CompareExchange(ref first, made, null) ?? made;
}
