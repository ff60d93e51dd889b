using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataGen.Tasks.Export;

namespace DataGen.Tests.Tasks;

public sealed class ExportTests
{
    private static readonly string[] Records =
    [
        """{"name":"Zoë, \"the\" reader","age":41,"tags":["a","b"],"note":null}""",
        """{"name":"line\r\nbreak","age":1.50,"address":{"city":"Iași","zip":"0700"},"vip":true}""",
        """{"name":"=1+1","age":-0,"note":"","extra":"𝄞 'quoted'; semi"}""",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_is_one_array_of_the_records_as_they_are() =>
        Assert.Equal(Records, JsonDocument.Parse(await WriteAsync(new JsonExportWriter(), Records)).RootElement.EnumerateArray().Select(record => record.GetRawText()));

    [Fact]
    public async Task Json_of_no_records_is_an_empty_array() => Assert.Equal("[]\n", Encoding.UTF8.GetString(await WriteAsync(new JsonExportWriter(), [])));

    [Fact]
    public async Task Json_lines_has_a_record_a_line() =>
        Assert.Equal(string.Concat(Records.Select(record => record + "\n")), Encoding.UTF8.GetString(await WriteAsync(new JsonLinesExportWriter(), Records)));

    [Fact]
    public async Task Csv_has_the_union_of_columns_in_first_seen_order_and_reads_back_elsewhere()
    {
        var rows = await ReadWithPythonAsync(await WriteAsync(new CsvExportWriter(), Records));
        Assert.Equal(
            [
                ["name", "age", "tags", "note", "address", "vip", "extra"],
                ["Zoë, \"the\" reader", "41", """["a","b"]""", "", "", "", ""],
                ["line\r\nbreak", "1.50", "", "", """{"city":"Iași","zip":"0700"}""", "true", ""],
                ["=1+1", "-0", "", "", "", "", "𝄞 'quoted'; semi"],
            ],
            rows);
    }

    [Fact]
    public async Task Csv_of_one_empty_field_is_a_row_still()
    {
        var rows = await ReadWithPythonAsync(await WriteAsync(new CsvExportWriter(), ["""{"a":""}""", """{"a":"x"}"""]));
        Assert.Equal([["a"], [""], ["x"]], rows);
    }

    [Fact]
    public async Task Csv_of_no_records_is_empty() => Assert.Empty(await WriteAsync(new CsvExportWriter(), []));

    private static async Task<byte[]> WriteAsync(IExportWriter writer, string[] records)
    {
        using var file = new MemoryStream();
        await writer.WriteAsync(() => records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record)).ToAsyncEnumerable(), new AsyncOnlyStream(file), Cancelled);
        return file.ToArray();
    }

    private static async Task<string[][]> ReadWithPythonAsync(byte[] csv)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, csv, Cancelled);
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))))");
        start.ArgumentList.Add(path);
        try
        {
            using var python = Process.Start(start)!;
            var text = await python.StandardOutput.ReadToEndAsync(Cancelled);
            await python.WaitForExitAsync(Cancelled);
            return JsonSerializer.Deserialize<string[][]>(text)!;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Refuses what the export's stream over gRPC refuses: synchronous writing.</summary>
    private sealed class AsyncOnlyStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer, offset, count, cancellationToken);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Synchronous writing.");
    }
}
