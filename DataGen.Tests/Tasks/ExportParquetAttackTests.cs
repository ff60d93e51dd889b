using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Formats;
using DataGen.Formats.Parquet;

namespace DataGen.Tests.Tasks;

/// <summary>Records that are hard to put into columns, read back by DuckDB.</summary>
public sealed class ExportParquetAttackTests
{
    [Fact]
    public async Task Every_member_is_a_column_whatever_its_name()
    {
        string[] names =
        [
            "",
            "_",
            " ",
            "  ",
            "a",
            "A",
            "a.b",
            "a.B",
            "a.",
            ".a",
            ".",
            "a b",
            "a\u0000b",
            "\u0000",
            "\u0001",
            "\t",
            "\n",
            "\r\n",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "é",
            "e\u0301",
            "ß",
            "SS",
            "İ",
            "i",
            "I",
            "ı",
            "𝄞",
            "👩‍🚀",
            "schema",
            "list",
            "element",
            "key_value",
            "a_1",
            "a__1",
            "column0",
            "file_row_number",
            "filename",
            "NULL",
            "select",
            "\"",
            "'",
            "`",
            "\\",
            "--",
            "; DROP TABLE x",
            "{a}",
            "[0]",
            "*",
            "$",
            "1",
            "-1",
            "true",
            new string('n', 100_000),
            string.Concat(Enumerable.Repeat("日", 30_000)),
        ];
        var record = new JsonObject(names.Select((name, index) => KeyValuePair.Create(name, (JsonNode?)index)));

        var (columns, types, rows) = await ReadAsync(record.ToJsonString());

        Assert.Equal(names.Select(name => name.Length == 0 ? "__" : name), columns);
        Assert.All(types, type => Assert.Equal("BIGINT", type));
        Assert.Equal(Enumerable.Range(0, names.Length).Select(index => (object?)(long)index), rows.Single());
    }

    public static TheoryData<string, string, string[]> Columns =>
        new()
        {
            { "whole", "BIGINT", ["0", "-1", "9223372036854775807", "-9223372036854775808"] },
            { "one beyond", "VARCHAR", ["9223372036854775807", "9223372036854775808"] },
            { "huge", "VARCHAR", ["1", $"1{new string('0', 5000)}", $"-{new string('9', 400)}"] },
            { "whole in fractions", "VARCHAR", ["0.5", "9007199254740993"] },
            { "fractions", "DOUBLE", ["0.1", "-1.5e300", "5e-324", "9007199254740992", "1E+2"] },
            { "beyond a double", "VARCHAR", ["1e309", "0.5"] },
            { "too many digits", "VARCHAR", ["0.1000000000000000055511151231257827", "0.5"] },
            { "flags", "BOOLEAN", ["true", "false", "null"] },
            { "flags and numbers", "VARCHAR", ["true", "1", "null", "0"] },
            { "numbers and their text", "VARCHAR", ["1", "\"1\"", "1.0"] },
            { "names of numbers", "VARCHAR", ["\"NaN\"", "\"Infinity\"", "\"-0\"", "\"1e5\"", "\"null\"", "\"\""] },
            { "names of numbers and numbers", "VARCHAR", ["\"NaN\"", "1.5", "\"-Infinity\""] },
            { "times", "VARCHAR", ["\"2026-01-02\"", "\"2026-01-02T03:04:05Z\"", "\"12:00\""] },
            { "nothing", "VARCHAR", ["null", "null"] },
            { "nested", "VARCHAR", ["{\"a\":{\"b\":[1,{\"c\":null}]}}", "[]", "[[[]]]", "{}"] },
            { "nested and flat", "VARCHAR", ["[1]", "1", "\"[1]\"", "null"] },
            { "text", "VARCHAR", ["\"\\u0000\"", "\"\\ud834\\udd1e\"", "\"a\\r\\n\\tb\"", "\"\\u202e\"", "\" \""] },
        };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_column_holds_what_the_records_hold(string name, string type, string[] values)
    {
        var (columns, types, rows) = await ReadAsync(values.Select(value => $$"""{"{{name}}":{{value}}}"""));

        var isText = values.All(value => value is "null" || value[0] == '"');
        Assert.Equal((name, type), (Assert.Single(columns), Assert.Single(types)));
        Assert.Equal(
            values.Select(value =>
                (value, type) switch
                {
                    ("null", _) => null,
                    (_, "BIGINT") => long.Parse(value, CultureInfo.InvariantCulture),
                    (_, "DOUBLE") => double.Parse(value, CultureInfo.InvariantCulture),
                    (_, "BOOLEAN") => value == "true",
                    _ => isText ? JsonSerializer.Deserialize<string>(value) : (object)value,
                }
            ),
            rows.Select(row => row.Single())
        );
    }

    [Fact]
    public async Task A_thousand_columns_are_read_back_and_one_more_is_refused()
    {
        // Each row has another half of the members, so that every column has values and gaps.
        var records = Enumerable
            .Range(0, 4)
            .Select(row =>
                new JsonObject(
                    Enumerable
                        .Range(0, RecordColumns.Most)
                        .Where(column => row == 0 || (column + row) % 2 == 0)
                        .Select(column => KeyValuePair.Create($"m{column}", (JsonNode?)((row * 10_000) + column)))
                ).ToJsonString()
            )
            .ToArray();

        var (columns, _, rows) = await ReadAsync(records);

        Assert.Equal(Enumerable.Range(0, RecordColumns.Most).Select(column => $"m{column}"), columns);
        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(
                Enumerable
                    .Range(0, RecordColumns.Most)
                    .Select(column =>
                        row == 0 || (column + row) % 2 == 0 ? (object?)(long)((row * 10_000) + column) : null
                    ),
                rows[row]
            );
        }

        await Assert.ThrowsAsync<TooManyColumnsException>(() => ReadAsync([.. records, """{"one more":1}"""]));
    }

    [Theory]
    [InlineData("9223372036854775807", "BIGINT")]
    [InlineData("0.5", "DOUBLE")]
    [InlineData("\"late\"", "VARCHAR")]
    [InlineData("[\"late\"]", "VARCHAR")]
    public async Task A_column_and_a_kind_that_come_late_hold_for_all_rows(string late, string type)
    {
        const int count = 10_000;
        var (columns, types, rows) = await ReadAsync(
            Enumerable
                .Range(0, count)
                .Select(index => $$"""{"early":{{index}}}""")
                .Append($$"""{"early":{{late}},"late":{{late}}}""")
        );

        Assert.Equal(["early", "late"], columns);
        Assert.Equal([type, type], types);
        Assert.Equal(
            Enumerable
                .Range(0, count)
                .Select(index =>
                    type switch
                    {
                        "BIGINT" => (object)(long)index,
                        "DOUBLE" => (double)index,
                        _ => index.ToString(CultureInfo.InvariantCulture),
                    }
                ),
            rows.Take(count).Select(row => row[0])
        );
        Assert.All(rows.Take(count), row => Assert.Null(row[1]));
        Assert.NotNull(rows[^1][0]);
        Assert.NotNull(rows[^1][1]);
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task Half_a_surrogate_pair_is_no_text_and_ends_the_export_without_a_footer(string record)
    {
        // No record holds one: such answers are refused. Should the store hold one all the same, no question mark
        // stands for it.
        using var file = new MemoryStream();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new ParquetExportWriter().WriteAsync(
                () =>
                    new[] { """{"a":"b"}""", record }
                        .ToAsyncEnumerable()
                        .Select(each => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(each)),
                new ExportForwardOnlyStream(file),
                TestContext.Current.CancellationToken
            )
        );

        Assert.False(file.ToArray().AsSpan().EndsWith("PAR1"u8) && file.Length > 4);
    }

    private static async Task<(string[] Names, string[] Types, object?[][] Rows)> ReadAsync(
        params IEnumerable<string> records
    ) => await DuckDbFile.ReadAsync(await ExportFile.WriteAsync(new ParquetExportWriter(), records));
}
