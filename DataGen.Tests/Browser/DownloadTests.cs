using System.Text.Json;
using DataGen.Tests.Tasks;
using Microsoft.Playwright;
using Parquet;
using Parquet.Schema;

namespace DataGen.Tests.Browser;

/// <summary>The four files, taken by hand and read by programs that are not ours.</summary>
public sealed class DownloadTests(RunningProduct product) : BrowserTest(product)
{
    private const int Count = 30;
    private const string ReadCsv =
        "import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))))";

    [Fact]
    public async Task All_four_formats_are_downloaded_and_hold_the_same_records_in_the_same_order()
    {
        var (page, api) = await SignInAsync("collector");
        var id = await api.CreateAsync(HostileText.Prompt, Count, Cancelled);
        await api.EndAsync(id, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        await LinkAsync(page, "ended");

        using var whole = JsonDocument.Parse(await DownloadAsync(page, "json"));
        var records = whole.RootElement.EnumerateArray().ToArray();
        var stored = (await api.GetAsync($"/api/tasks/{id}/records", Cancelled))
            .GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetProperty("data").GetRawText());
        Assert.Equal(Count, records.Length);
        Assert.Equal(stored.Select(Compact), records.Select(record => Compact(record.GetRawText())));
        Assert.Equal(Count, records.Select(record => record.GetRawText()).Distinct().Count());

        var lines = System
            .Text.Encoding.UTF8.GetString(await DownloadAsync(page, "jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(records.Select(record => Compact(record.GetRawText())), lines.Select(Compact));

        string[] columns = [.. records[0].EnumerateObject().Select(member => member.Name)];
        using var csv = JsonDocument.Parse(
            await ExportFile.ReadWithAsync(await DownloadAsync(page, "csv"), "python3", "-c", ReadCsv)
        );
        Assert.Equal(
            [
                columns,
                .. records.Select(record => columns.Select(column => TextOf(record.GetProperty(column))).ToArray()),
            ],
            csv.RootElement.EnumerateArray()
                .Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray())
        );

        var table = await ReadParquetAsync(await DownloadAsync(page, "parquet"));
        Assert.Equal(columns, table.Keys);
        foreach (var column in columns)
        {
            Assert.Equal(records.Select(record => ValueOf(record.GetProperty(column))), table[column]);
        }
    }

    private static async Task<byte[]> DownloadAsync(IPage page, string format)
    {
        if (await page.Locator("#downloads").GetAttributeAsync("open") is null)
        {
            await page.Locator("#downloads > summary").ClickAsync();
        }

        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator($"#downloads a[data-format={format}]").ClickAsync()
        );
        Assert.EndsWith($".{format}", download.SuggestedFilename, StringComparison.Ordinal);
        return await File.ReadAllBytesAsync(await download.PathAsync(), Cancelled);
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));

    private static string TextOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static object? ValueOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetInt64(),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            _ => throw new InvalidDataException($"The records of this test hold no {value.ValueKind}."),
        };

    private static async Task<Dictionary<string, List<object?>>> ReadParquetAsync(byte[] file)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: Cancelled);
        var table = reader.Schema.DataFields.ToDictionary(field => field.Name, _ => new List<object?>());
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            foreach (var field in reader.Schema.DataFields)
            {
                table[field.Name].AddRange(await ReadAsync(group, field));
            }
        }

        return table;
    }

    private static async Task<IEnumerable<object?>> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(long))
        {
            return await ReadAsync<long>(group, field);
        }

        if (field.ClrType == typeof(bool))
        {
            return await ReadAsync<bool>(group, field);
        }

        Assert.Equal(typeof(ReadOnlyMemory<char>), field.ClrType);
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory(), cancellationToken: Cancelled);
        return texts;
    }

    private static async Task<IEnumerable<object?>> ReadAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: Cancelled);
        return values.Cast<object?>();
    }
}
