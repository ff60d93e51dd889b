namespace DataGen.Explorer.Datasets;

/// <summary>A dataset was given up after it was brought up to date and before it was read; the next question makes it
/// again.</summary>
internal sealed class DatasetLostException() : Exception("The dataset is being made again.");
