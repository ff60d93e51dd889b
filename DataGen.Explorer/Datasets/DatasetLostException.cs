namespace DataGen.Explorer.Datasets;

/// <summary>A dataset was given up between being brought up to date and being read; asking again makes it again.</summary>
internal sealed class DatasetLostException() : Exception("The dataset is being made again.");
