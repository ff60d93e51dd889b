namespace DataGen.Tests.Reliability;

/// <summary>The calls that were made for one record in one era.</summary>
internal sealed class CallsOfRecord
{
    /// <summary>When each began.</summary>
    public List<DateTime> Begun { get; } = [];

    /// <summary>Those of them that brought the record.</summary>
    public int Answered { get; set; }
}
