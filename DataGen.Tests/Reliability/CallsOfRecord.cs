namespace DataGen.Tests.Reliability;

/// <summary>The calls that were made for one record in one era.</summary>
internal sealed class CallsOfRecord
{
    public int Begun { get; set; }

    /// <summary>Those of them that brought the record.</summary>
    public int Answered { get; set; }
}
