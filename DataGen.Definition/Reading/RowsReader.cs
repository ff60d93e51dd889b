using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using DataGen.Definition.Samplers;

namespace DataGen.Definition.Reading;

/// <summary>Reads seed data: a list of objects (<c>rows</c>), or the text of a file, which is <c>csv</c> (RFC 4180 with
/// a line of names, values separated by <c>,</c>, <c>;</c> or a tab and read as text) or <c>jsonl</c> (one object per
/// line).</summary>
internal static class RowsReader
{
    private const int MostRows = 10_000;
    private const int LongestRow = 8000;
    private const int LongestFile = 200_000;

    private static readonly string[] Forms = ["rows", "csv", "jsonl"];

    /// <param name="node">The sampler.</param>
    /// <returns>The sampler. Null when it is wrong, which is added as an error.</returns>
    public static RowsSampler? Read(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "rows", "csv", "jsonl");
        var given = Forms.Where(node.Has).ToList();
        if (given.Count != 1)
        {
            node.Fail("has to have one of rows, csv and jsonl.");
            return null;
        }

        if (given[0] == "rows")
        {
            return Listed(node.Member("rows")!);
        }

        var text = node.Text(given[0], LongestFile);
        if (text is null)
        {
            return null;
        }

        var file = node.Member(given[0])!;
        var rows = given[0] == "csv" ? Csv(file, text) : Lines(file, text);
        if (rows.Count is 0 or > MostRows && node.Errors.Count == 0)
        {
            file.Fail($"has {rows.Count} rows; 1 to {MostRows} are taken.");
        }

        foreach (var row in rows)
        {
            SamplerReader.IsShort(file, row.ToJsonString().Length, LongestRow);
        }

        return new RowsSampler(rows);
    }

    private static RowsSampler? Listed(DefinitionNode rows) =>
        rows.IsList() && SamplerReader.IsSized(rows, MostRows)
            ? new RowsSampler([
                .. rows.Items()
                    .Where(row =>
                        row.IsObject() && SamplerReader.IsShort(row, row.Element.GetRawText().Length, LongestRow)
                    )
                    .Select(row => JsonObject.Create(row.Element)!),
            ])
            : null;

    private static List<JsonObject> Csv(DefinitionNode file, string text)
    {
        var rows = new List<JsonObject>();
        try
        {
            using var reader = CsvReader.FromText(
                text.TrimStart('\uFEFF'),
                new CsvReaderOptions
                {
                    HasHeader = false,
                    TrackLineNumbers = true,
                    MalformedData = CsvMalformedDataHandling.Throw,
                }
            );
            string[]? names = null;
            while (reader.Read() && rows.Count <= MostRows)
            {
                string[] values = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
                if (names is null)
                {
                    names = [.. values.Select(name => name.Trim())];
                    if (names.Distinct(StringComparer.Ordinal).Count() < names.Length || names.Contains(""))
                    {
                        file.Fail("has to begin with a line of names, none of them empty or twice.");
                        break;
                    }
                }
                else if (values.Length != names.Length)
                {
                    file.Fail(
                        $"has {values.Length} values in line {reader.LineNumber}; its first line has {names.Length} names."
                    );
                    break;
                }
                else
                {
                    rows.Add(
                        new JsonObject(names.Zip(values, (name, value) => KeyValuePair.Create(name, (JsonNode?)value)))
                    );
                }
            }
        }
        catch (CsvFormatException exception)
        {
            file.Fail($"is no CSV: {exception.Message}");
        }

        return rows;
    }

    private static List<JsonObject> Lines(DefinitionNode file, string text)
    {
        var rows = new List<JsonObject>();
        var number = 0;
        foreach (var line in text.EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(
                    line.ToString(),
                    new JsonDocumentOptions { AllowDuplicateProperties = false }
                );
                rows.Add(
                    DefinitionReader.HalfPair(document.RootElement) is null
                    && JsonObject.Create(document.RootElement.Clone()) is { } row
                        ? row
                        : throw new JsonException()
                );
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                file.Fail($"has no JSON object in line {number}, or one that names a member twice.");
                break;
            }
        }

        return rows;
    }
}
