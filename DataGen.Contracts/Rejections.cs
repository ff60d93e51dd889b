namespace DataGen.Contracts;

/// <summary>Answers that were rejected, by kind.</summary>
public sealed partial class Rejections
{
    /// <summary>All of them.</summary>
    public int Total => Invalid + Duplicate + Rule + Near;
}
