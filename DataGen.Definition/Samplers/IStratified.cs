namespace DataGen.Definition.Samplers;

/// <summary>A sampler whose values divide the records into groups that another sampler can depend on.</summary>
internal interface IStratified
{
    /// <summary>The groups.</summary>
    Strata Strata { get; }
}
