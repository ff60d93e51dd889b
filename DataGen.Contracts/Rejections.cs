namespace DataGen.Contracts;

/// <summary>Answers that were rejected, by kind.</summary>
public sealed partial class Rejections
{
    /// <summary>The sum of all kinds.</summary>
    public int Total => Invalid + Duplicate + Rule + Near;
}
