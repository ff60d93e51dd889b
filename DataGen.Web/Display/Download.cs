namespace DataGen.Web.Display;

/// <summary>A file format of the good records.</summary>
/// <param name="Format">The format by its REST name.</param>
/// <param name="Name">The name shown to the user.</param>
/// <param name="Use">What it is for, in a few words.</param>
/// <param name="Size">The size of the file; empty when it is not known in advance.</param>
internal sealed record Download(string Format, string Name, string Use, string Size)
{
    /// <summary>The files of a task. The size of JSON Lines is exact: the records and a line break each; JSON has
    /// brackets and commas.</summary>
    internal static IReadOnlyList<Download> Of(GenerationTask task)
    {
        var good = task.Completed - task.Failures;
        return
        [
            new(
                "json",
                "JSON",
                "one array",
                task.DataBytes == 0 ? "" : $"about {Figures.Size(task.DataBytes + (2L * good))}"
            ),
            new(
                "jsonl",
                "JSON Lines",
                "one record a line",
                task.DataBytes == 0 ? "" : Figures.Size(task.DataBytes + good)
            ),
            new("csv", "CSV", "for spreadsheets", ""),
            new("parquet", "Parquet", "for DuckDB, pandas, Spark", ""),
        ];
    }
}
