using System.Text;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Formats;

namespace DataGen.Tests.Tasks;

public sealed class ExportTests
{
    private const string ReadCsv =
        "import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))))";

    private const string ReadCsvBySeparator =
        "import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[2], encoding='utf-8', newline=''), delimiter=sys.argv[1]))))";

    private static readonly string[] Records =
    [
        """{"name":"Zoë, \"the\" reader","age":41,"tags":["a","b"],"note":null}""",
        """{"name":"line\r\nbreak","age":1.50,"address":{"city":"Iași","zip":"0700"},"vip":true}""",
        """{"name":"=1+1","age":-0,"note":"","extra":"𝄞 'quoted'; semi"}""",
    ];

    private static CsvExportWriter Csv { get; } = new(guardFormulas: false);

    private static CsvExportWriter GuardedCsv { get; } = new(guardFormulas: true);

    [Fact]
    public async Task Json_is_one_array_of_the_records_as_they_are() =>
        Assert.Equal(
            Records,
            JsonDocument
                .Parse(await ExportFile.WriteAsync(new JsonExportWriter(), Records))
                .RootElement.EnumerateArray()
                .Select(record => record.GetRawText())
        );

    [Fact]
    public async Task Json_of_no_records_is_an_empty_array() =>
        Assert.Equal("[]\n", Encoding.UTF8.GetString(await ExportFile.WriteAsync(new JsonExportWriter())));

    [Fact]
    public async Task Json_lines_has_a_record_a_line() =>
        Assert.Equal(
            string.Concat(Records.Select(record => record + "\n")),
            Encoding.UTF8.GetString(await ExportFile.WriteAsync(new JsonLinesExportWriter(), Records))
        );

    [Fact]
    public async Task Csv_has_the_union_of_columns_in_first_seen_order_and_reads_back_elsewhere()
    {
        var rows = await ReadWithPythonAsync(await ExportFile.WriteAsync(Csv, Records));
        Assert.Equal(
            [
                ["name", "age", "tags", "note", "address", "vip", "extra"],
                ["Zoë, \"the\" reader", "41", """["a","b"]""", "", "", "", ""],
                ["line\r\nbreak", "1.50", "", "", """{"city":"Iași","zip":"0700"}""", "true", ""],
                ["=1+1", "-0", "", "", "", "", "𝄞 'quoted'; semi"],
            ],
            rows
        );
    }

    [Fact]
    public async Task Csv_of_one_empty_field_is_a_row_still()
    {
        var rows = await ReadWithPythonAsync(await ExportFile.WriteAsync(Csv, """{"a":""}""", """{"a":"x"}"""));
        Assert.Equal(
            [
                ["a"],
                [""],
                ["x"],
            ],
            rows
        );
    }

    [Fact]
    public async Task Csv_of_no_records_is_empty() => Assert.Empty(await ExportFile.WriteAsync(Csv));

    [Fact]
    public async Task Csv_finds_a_members_column_whatever_its_place_and_however_its_name_is_escaped()
    {
        var rows = await ReadWithPythonAsync(
            await ExportFile.WriteAsync(
                Csv,
                """{"a":1,"b":2,"é":3}""",
                """{"\u00e9":6,"a":4,"\u0062":5}""",
                """{"b":7}"""
            )
        );
        Assert.Equal(
            [
                ["a", "b", "é"],
                ["1", "2", "3"],
                ["4", "5", "6"],
                ["", "7", ""],
            ],
            rows
        );
    }

    [Fact]
    public async Task A_guarded_csv_has_no_field_that_a_spreadsheet_takes_for_a_formula()
    {
        var rows = await ReadWithPythonAsync(
            await ExportFile.WriteAsync(
                GuardedCsv,
                """{"=cmd":"=1+1","b":-5,"c":[-1],"d":"plain"}""",
                """{"=cmd":"@SUM(A1,\"x\")","b":-1.50e3,"c":{"=":"="},"d":""}""",
                """{"=cmd":"\t=1","b":"-5","c":null,"d":"a=1"}"""
            )
        );

        Assert.Equal(
            [
                ["'=cmd", "b", "c", "d"],
                ["'=1+1", "-5", "[-1]", "plain"],
                ["'@SUM(A1,\"x\")", "-1.50e3", """{"=":"="}""", ""],
                ["'\t'=1", "-5", "", "a=1"],
            ],
            rows
        );
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-1-1", "'-1-1")]
    [InlineData("@A1", "'@A1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("\n=1", "'\n'=1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("-", "'-")]
    [InlineData("-x", "'-x")]
    [InlineData("-5\n", "'-5\n")]
    [InlineData("-1.2.3", "'-1.2.3")]
    [InlineData("-Infinity", "'-Infinity")]
    [InlineData("-٣", "'-٣")]
    [InlineData("-5", "-5")]
    [InlineData("+40.5e-3", "+40.5e-3")]
    [InlineData("-.5", "-.5")]
    [InlineData("1=1", "1=1")]
    [InlineData("'=1", "'=1")]
    [InlineData("", "")]
    // Not our separators, but those of other spreadsheets and locales, which end a quoted field early.
    [InlineData("x;=1+1", "x;'=1+1")]
    [InlineData("x;-5", "x;'-5")]
    [InlineData("x\t@A1", "x\t'@A1")]
    [InlineData("x|+1", "x|'+1")]
    [InlineData("x\n=1\r\n=2", "x\n'=1\r\n'=2")]
    [InlineData("x; \"=1\"", "x;' \"=1\"")]
    [InlineData(" =1", "' =1")]
    [InlineData("\"=1\"", "'\"=1\"")]
    [InlineData("\u00A0\u3000＝1", "'\u00A0\u3000＝1")]
    [InlineData("\u200B\uFEFF=1", "'\u200B\uFEFF=1")]
    [InlineData("x;\v\f=1", "x;'\v\f=1")]
    [InlineData("\uFE661", "'\uFE661")]
    [InlineData("a; b - c, -d", "a; b - c, -d")]
    [InlineData("\U0001F600;x", "\U0001F600;x")]
    public void A_formula_is_made_into_text_and_a_number_is_left_alone(string field, string expected) =>
        Assert.Equal(expected, FormulaGuard.Apply(field));

    /// <summary>Real spreadsheets split at other characters than the comma, in some locales and when told to. Python's
    /// reader does the same with their quotes: after a field's closing quote it goes on to the next
    /// separator.</summary>
    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public async Task No_cell_of_a_guarded_csv_begins_with_a_formula_whatever_the_separator(string separator)
    {
        string[] starts = ["=", "+", "-", "@", "\t=", " =", "\"=", "＝", "\r=", "\n="];
        string[] befores = ["", "x;", "x,", "x\t", "x|", "x\n", "x\";", "\";\"", "x;\"\""];
        string[] hostile =
        [
            .. starts.SelectMany(_ => befores, (start, before) => $"{before}{start}1+1{separator}\"{start}2"),
        ];
        var file = await ExportFile.WriteAsync(
            GuardedCsv,
            hostile.Select((text, index) => JsonSerializer.Serialize(new { a = text, b = hostile[^(index + 1)] }))
        );

        var rows = JsonSerializer.Deserialize<string[][]>(
            await ExportFile.ReadWithAsync(file, "python3", "-c", ReadCsvBySeparator, separator)
        )!;

        Assert.NotInRange(rows.Sum(row => row.Length), 0, hostile.Length);
        Assert.DoesNotContain(
            rows.SelectMany(row => row),
            cell => cell.TrimStart('"', ' ', '\t', '\r', '\n') is ['=' or '+' or '-' or '@' or '＝', ..]
        );
    }

    [Fact]
    public async Task A_field_that_another_separator_cuts_is_guarded_inside() =>
        Assert.Equal(
            "\"a\",\"b\"\r\n\"x;'=1+1\",\"y\"\r\n",
            Encoding.UTF8.GetString(await ExportFile.WriteAsync(GuardedCsv, """{"a":"x;=1+1","b":"y"}"""))
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_byte_order_mark_tells_excel_that_it_is_utf_8(bool guarded)
    {
        var file = await ExportFile.WriteAsync(
            new CsvExportWriter(guarded, byteOrderMark: true),
            """{"a":"é"}""",
            """{"a":"\ud83d\ude00"}"""
        );

        Assert.Equal((byte[])[0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal(guarded ? "\"a\"\r\n\"é\"\r\n\"😀\"\r\n" : "a\r\né\r\n😀\r\n", Encoding.UTF8.GetString(file[3..]));
    }

    [Fact]
    public void Only_csv_heeds_the_guard_and_the_mark()
    {
        foreach (var format in new[] { ExportFormat.Json, ExportFormat.Jsonl, ExportFormat.Parquet })
        {
            Assert.NotNull(ExportFormats.Find(format, guardFormulas: true, byteOrderMark: true));
        }

        Assert.IsType<CsvExportWriter>(ExportFormats.Find(ExportFormat.Csv, guardFormulas: true, byteOrderMark: true));
        Assert.Null(ExportFormats.Find(ExportFormat.Unspecified, guardFormulas: true, byteOrderMark: true));
    }

    [Fact]
    public async Task A_table_may_have_a_thousand_columns_and_no_more()
    {
        var records = Enumerable.Range(0, RecordColumns.Most).Select(i => $$"""{"m{{i}}":{{i}}}""").ToArray();
        var rows = await ReadWithPythonAsync(await ExportFile.WriteAsync(Csv, records));
        Assert.Equal((RecordColumns.Most + 1, RecordColumns.Most, "999"), (rows.Length, rows[0].Length, rows[^1][^1]));

        foreach (var writer in new IExportWriter[] { Csv, new DataGen.Formats.Parquet.ParquetExportWriter() })
        {
            var failure = await Assert.ThrowsAsync<TooManyColumnsException>(() =>
                ExportFile.WriteAsync(writer, records.Append("""{"one":"more"}"""))
            );
            Assert.Contains("more than 1000 different members", failure.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<string[][]> ReadWithPythonAsync(byte[] csv) =>
        JsonSerializer.Deserialize<string[][]>(await ExportFile.ReadWithAsync(csv, "python3", "-c", ReadCsv))!;
}
