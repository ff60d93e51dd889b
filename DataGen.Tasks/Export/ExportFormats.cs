using DataGen.Contracts;
using DataGen.Tasks.Export.Parquet;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Export;

/// <summary>The file formats that are offered.</summary>
internal static class ExportFormats
{
    /// <summary>The writer of a format; null when there is none.</summary>
    /// <param name="format">The format.</param>
    /// <param name="guardFormulas">Whether fields that a spreadsheet would take for formulas are made into text; only
    /// CSV heeds it.</param>
    /// <param name="byteOrderMark">Whether the file begins with a byte order mark; only CSV heeds it.</param>
    public static IExportWriter? Find(ExportFormat format, bool guardFormulas, bool byteOrderMark) =>
        format switch
        {
            ExportFormat.Json => new JsonExportWriter(),
            ExportFormat.Jsonl => new JsonLinesExportWriter(),
            ExportFormat.Csv => new CsvExportWriter(guardFormulas, byteOrderMark),
            ExportFormat.Parquet => new ParquetExportWriter(),
            _ => null,
        };

    /// <summary>A name that says what is in the file, of lower-case ASCII letters, digits and hyphens, for example
    /// <c>a-customer-of-a-book-shop-3f2a.csv</c>.</summary>
    public static string FileName(TaskDefinition task, IExportWriter writer)
    {
        var words = new string([
            .. task.Title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'),
        ]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', words);
        return $"{(name.Length > 0 ? TaskDefinition.Shorten(name, 48).TrimEnd('-') : "records")}-{task.Id[^4..]}.{writer.Extension}";
    }
}
