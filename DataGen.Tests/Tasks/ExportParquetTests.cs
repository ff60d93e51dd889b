using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Formats.Parquet;
using Parquet;
using Parquet.Schema;

namespace DataGen.Tests.Tasks;

public sealed class ExportParquetTests
{
    private static readonly string[] Records =
    [
        """{"name":"Zoë, \"the\" reader","age":41,"score":1.50,"vip":true,"tags":["a", "b"],"mixed":1,"nothing":null}""",
        """{"name":"line\r\nbreak","age":-9223372036854775808,"score":2,"vip":null,"address":{"city":"Iași"},"mixed":"1"}""",
        """{"name":"","score":-1e-3,"vip":false,"tags":null,"mixed":null,"nothing":null}""",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_are_typed_from_the_data_and_nested_and_mixed_values_are_json_text()
    {
        var (columns, rows, _) = await ReadAsync(await WriteAsync(Records));

        Assert.Equal(
            [
                "name String?",
                "age Int64?",
                "score Double?",
                "vip Boolean?",
                "tags String?",
                "mixed String?",
                "nothing String?",
                "address String?",
            ],
            columns
        );
        Assert.Equal(
            [
                ["Zoë, \"the\" reader", 41L, 1.5, true, """["a", "b"]""", "1", null, null],
                ["line\r\nbreak", long.MinValue, 2.0, null, null, "\"1\"", null, """{"city":"Iași"}"""],
                ["", null, -0.001, false, null, null, null, null],
            ],
            rows
        );
    }

    [Theory]
    [InlineData("Int64", "1", "-0", "9223372036854775807")]
    [InlineData("Double", "1", "0.1", "9007199254740992")]
    [InlineData("Double", "1e2", "1.0", "null")]
    [InlineData("String", "9223372036854775808", "1", "2")]
    [InlineData("String", "9007199254740993", "0.5", "2")]
    [InlineData("String", "1e999", "0.5", "2")]
    [InlineData("String", "12345678901234567.89", "0.5", "2")]
    [InlineData("String", "0.123456789012345678", "0.5", "2")]
    [InlineData("String", "1e-400", "0.5", "2")]
    [InlineData("String", "9007199254740993.0", "0.5", "2")]
    [InlineData("String", "123456789012345678e-2", "0.5", "2")]
    [InlineData("Double", "1.10", "-0.000", "100e-2")]
    [InlineData("Double", "0.1234567890123456", "1.7976931348623157e308", "5e-324")]
    [InlineData("Double", "0e999999999", "1e22", "-12.5E+3")]
    [InlineData("String", "true", "1", "0")]
    [InlineData("Boolean", "true", "null", "false")]
    [InlineData("String", "{}", "[]", "{}")]
    public async Task Numbers_keep_every_digit(string type, params string[] values)
    {
        var (columns, rows, _) = await ReadAsync(await WriteAsync(values.Select(value => $$"""{"v":{{value}}}""")));

        Assert.Equal($"v {type}?", Assert.Single(columns));
        Assert.Equal(
            values.Select(value =>
                (value, type) switch
                {
                    ("null", _) => null,
                    (_, "String") => value,
                    (_, "Int64") => (object)long.Parse(value, null),
                    (_, "Boolean") => value == "true",
                    _ => double.Parse(value, null),
                }
            ),
            rows.Select(row => row.Single())
        );
    }

    [Fact]
    public async Task Strings_that_look_like_something_else_stay_as_they_are()
    {
        var (_, rows, _) = await ReadAsync(
            await WriteAsync(
                """{"v":"null"}""",
                """{"v":"1"}""",
                """{"v":"\u0000\ud834\udd1e"}""",
                """{"v":""}""",
                """{"v":null}"""
            )
        );

        Assert.Equal(["null", "1", "\0𝄞", "", null], rows.Select(row => row.Single()));
    }

    [Fact]
    public async Task Hostile_names_make_columns_like_all_others()
    {
        string[] names =
        [
            "",
            "_",
            "a",
            "A",
            "a.b",
            "a",
            "__proto__",
            "constructor",
            "ключ 🔑",
            "with\"quote",
            "new\nline",
            "list",
            "element",
            "\0",
            new string('n', 10_000),
        ];
        var record =
            $"{{{string.Join(',', names.Distinct().Select((name, i) => $"{JsonSerializer.Serialize(name)}:{i}"))}}}";

        var (columns, rows, _) = await ReadAsync(await WriteAsync(record));

        Assert.Equal(names.Distinct().Select(name => $"{(name.Length == 0 ? "__" : name)} Int64?"), columns);
        Assert.Equal(Enumerable.Range(0, columns.Length).Select(i => (object?)(long)i), rows.Single());
    }

    [Fact]
    public async Task No_records_are_a_file_without_rows_and_records_without_members_are_rows_still()
    {
        var (columns, rows, groups) = await ReadAsync(await WriteAsync());
        Assert.Equal(("_ String?", 0, 0), (Assert.Single(columns), rows.Length, groups));

        (columns, rows, groups) = await ReadAsync(await WriteAsync("{}", "{}"));
        Assert.Equal(("_ String?", 2, 1), (Assert.Single(columns), rows.Length, groups));
    }

    [Fact]
    public async Task Row_groups_hold_at_most_ten_thousand_rows_and_leave_while_records_are_still_read()
    {
        using var file = new MemoryStream();
        var written = new List<long>();
        var readings = 0;

        await new ParquetExportWriter().WriteAsync(ReadRecords, new ExportForwardOnlyStream(file), Cancelled);

        var (_, rows, groups) = await ReadAsync(file.ToArray());
        Assert.Equal(Enumerable.Range(0, 25_000).Select(i => (object?)(long)i), rows.Select(row => row[0]));
        Assert.Equal(
            Enumerable.Range(0, 25_000).Select(i => i % 3 == 0 ? (object?)$"name {i}" : null),
            rows.Select(row => row[1])
        );
        Assert.Equal((3, 2), (groups, readings));
        Assert.InRange(written[0], 1, written[1] - 1);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadRecords()
        {
            var reading = ++readings;
            for (var i = 0; i < 25_000; i++)
            {
                if (reading == 2 && i is 10_001 or 20_001)
                {
                    written.Add(file.Length);
                }

                yield return System.Text.Encoding.UTF8.GetBytes(
                    i % 3 == 0 ? $$"""{"i":{{i}},"name":"name {{i}}"}""" : $$"""{"i":{{i}}}"""
                );
            }

            await Task.Yield();
        }
    }

    [Theory]
    [InlineData(400, 1, 100_000)]
    [InlineData(3000, 900, 1)]
    public async Task Row_groups_are_bounded_by_what_they_take_in_memory(int count, int width, int length)
    {
        var records = Enumerable
            .Range(0, count)
            .Select(i =>
                $"{{{string.Join(',', Enumerable.Range(0, width).Select(member => $"\"m{member}\":\"{new string((char)('a' + (i % 26)), length)}\""))}}}"
            );

        var (columns, rows, groups) = await ReadAsync(await WriteAsync(records));

        Assert.Equal((width, count), (columns.Length, rows.Length));
        Assert.InRange(groups, 4, 10);
    }

    [Fact]
    public async Task A_file_that_breaks_off_has_no_footer()
    {
        using var file = new MemoryStream();
        var readings = 0;

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            new ParquetExportWriter().WriteAsync(ReadRecords, new ExportForwardOnlyStream(file), Cancelled)
        );

        Assert.True(file.ToArray().AsSpan().StartsWith("PAR1"u8));
        Assert.False(file.ToArray().AsSpan().EndsWith("PAR1"u8));

        async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadRecords()
        {
            var reading = ++readings;
            for (var i = 0; i < 12_000; i++)
            {
                yield return """{"a":1}"""u8.ToArray();
            }

            await Task.Yield();
            if (reading == 2)
            {
                throw new InvalidDataException();
            }
        }
    }

    [Fact]
    public async Task Another_implementation_of_the_format_reads_the_same()
    {
        string[] records = [.. Records, """{"":true,"a.b":"𝄞","A":1,"a":2,"__proto__":3}"""];

        string[] expected =
        [
            """["Zoë, \"the\" reader",{"int64":"41"},{"double":1.5},true,"[\"a\", \"b\"]","1",null,null,null,null,null,null,null]""",
            """["line\r\nbreak",{"int64":"-9223372036854775808"},{"double":2},null,null,"\"1\"",null,"{\"city\":\"Iași\"}",null,null,null,null,null]""",
            """["",null,{"double":-0.001},false,null,null,null,null,null,null,null,null,null]""",
            """[null,null,null,null,null,null,null,null,true,"𝄞",{"int64":"1"},{"int64":"2"},{"int64":"3"}]""",
        ];

        var read = await ReadWithNodeAsync(await WriteAsync(records));

        Assert.Equal(
            [
                "name BYTE_ARRAY UTF8",
                "age INT64",
                "score DOUBLE",
                "vip BOOLEAN",
                "tags BYTE_ARRAY UTF8",
                "mixed BYTE_ARRAY UTF8",
                "nothing BYTE_ARRAY UTF8",
                "address BYTE_ARRAY UTF8",
                "_ BOOLEAN",
                "a.b BYTE_ARRAY UTF8",
                "A INT64",
                "a INT64",
                "__proto__ INT64",
            ],
            read["columns"]!
                .AsArray()
                .Select(column => $"{column!["name"]} {column["type"]}{((bool)column["text"]! ? " UTF8" : "")}")
        );
        Assert.All(read["columns"]!.AsArray(), column => Assert.True((bool)column!["optional"]!));
        Assert.Equal(
            expected.Select(row => JsonNode.Parse(row)!.ToJsonString()),
            read["rows"]!.AsArray().Select(row => row!.ToJsonString())
        );
    }

    [Fact]
    public async Task Another_implementation_of_the_format_reads_many_row_groups()
    {
        var file = await WriteAsync(
            Enumerable.Range(0, 20_001).Select(i => $$"""{"id":{{i}},"city":"{{(i % 2 == 0 ? "Iași" : "Cluj")}}"}""")
        );

        var read = await ReadWithNodeAsync(file);

        Assert.Equal(3, (int)read["rowGroups"]!);
        Assert.Equal(
            Enumerable.Range(0, 20_001).Select(i => $"{i} {(i % 2 == 0 ? "Iași" : "Cluj")}"),
            read["rows"]!.AsArray().Select(row => $"{row![0]!["int64"]} {row[1]}")
        );
    }

    private static Task<byte[]> WriteAsync(params IEnumerable<string> records) =>
        ExportFile.WriteAsync(new ParquetExportWriter(), records);

    private static async Task<JsonNode> ReadWithNodeAsync(byte[] file)
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "Interop", "node"));
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", "hyparquet")),
            "the npm packages are not installed: run 'npm ci' in DataGen.Tests/Interop/node, or eng/test.sh"
        );
        return JsonNode.Parse(await ExportFile.ReadWithAsync(file, "node", Path.Combine(folder, "parquet.mjs")))!;
    }

    private static async Task<(string[] Columns, object?[][] Rows, int Groups)> ReadAsync(byte[] file)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: Cancelled);
        var fields = reader.Schema.DataFields;
        var rows = new List<object?[]>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var columns = new List<object?[]>();
            foreach (var field in fields)
            {
                columns.Add(await ReadAsync(group, field));
            }

            rows.AddRange(
                Enumerable.Range(0, (int)group.RowCount).Select(row => columns.Select(column => column[row]).ToArray())
            );
        }

        return (
            [
                .. fields.Select(field =>
                    $"{field.Name} {(IsText(field) ? "String" : field.ClrType.Name)}{(field.IsNullable ? "?" : "")}"
                ),
            ],
            [.. rows],
            reader.RowGroupCount
        );
    }

    private static bool IsText(DataField field) => field.ClrType == typeof(ReadOnlyMemory<char>);

    private static async Task<object?[]> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        if (IsText(field))
        {
            var texts = new string?[group.RowCount];
            await group.ReadAsync(field, texts.AsMemory(), cancellationToken: Cancelled);
            return texts;
        }

        return field.ClrType == typeof(long) ? await ReadAsync<long>(group, field)
            : field.ClrType == typeof(double) ? await ReadAsync<double>(group, field)
            : await ReadAsync<bool>(group, field);
    }

    private static async Task<object?[]> ReadAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: Cancelled);
        return [.. values.Cast<object?>()];
    }
}
