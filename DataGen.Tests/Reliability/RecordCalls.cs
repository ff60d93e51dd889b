namespace DataGen.Tests.Reliability;

/// <summary>The calls that were made for one record in one period.</summary>
internal sealed class RecordCalls
{
    /// <summary>When each began.</summary>
    public List<DateTime> Begun { get; } = [];

    /// <summary>Those of them that brought the record.</summary>
    public int Answered { get; set; }
}
