namespace DataGen.Web.Display;

/// <summary>A file the good records can be had as.</summary>
/// <param name="Format">The format by its REST name.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Use">What it is good for, in a few words.</param>
/// <param name="Size">How large it will be; empty where that is not known before it is made.</param>
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
