using DataGen.Contracts;
using DataGen.Formats.Parquet;

namespace DataGen.Formats;

/// <summary>The file formats of exports.</summary>
public static class ExportFormats
{
    private const int LongestName = 48;

    /// <summary>The writer of a format; null when there is none.</summary>
    /// <param name="format">The format.</param>
    /// <param name="guardFormulas">Whether fields that a spreadsheet would take for formulas are made into text; only
    /// CSV uses it.</param>
    /// <param name="byteOrderMark">Whether the file begins with a byte order mark; only CSV uses it.</param>
    public static IExportWriter? Find(ExportFormat format, bool guardFormulas, bool byteOrderMark) =>
        format switch
        {
            ExportFormat.Json => new JsonExportWriter(),
            ExportFormat.Jsonl => new JsonLinesExportWriter(),
            ExportFormat.Csv => new CsvExportWriter(guardFormulas, byteOrderMark),
            ExportFormat.Parquet => new ParquetExportWriter(),
            _ => null,
        };

    /// <summary>A file name made from the title, of lower-case ASCII letters, digits and hyphens, for example
    /// <c>a-customer-of-a-book-shop-3f2a.csv</c>.</summary>
    /// <param name="title">The task's title.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="writer">The format.</param>
    public static string FileName(string title, string taskId, IExportWriter writer)
    {
        var words = new string([
            .. title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'),
        ]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', words);
        name = name[..Math.Min(name.Length, LongestName)].TrimEnd('-');
        return $"{(name.Length > 0 ? name : "records")}-{taskId[^4..]}.{writer.Extension}";
    }
}
