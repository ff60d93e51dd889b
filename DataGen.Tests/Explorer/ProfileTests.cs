using System.Globalization;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tests.Support;
using DataGen.Tests.Tasks;

namespace DataGen.Tests.Explorer;

public sealed class ProfileTests : ExplorerServiceTest
{
    private static readonly string Python = Path.Combine(DotnetProcess.Root, "DataGen.Tests", "Explorer", "profile.py");

    private static readonly string[] Cities = ["Rome", "Oslo", "Zürich", "東京", "São Paulo", "a 😀"];

    [Fact]
    public async Task Every_figure_is_the_one_that_python_finds_in_the_export()
    {
        var id = await MakeAsync([.. Enumerable.Range(0, 700).Select(Varied)]);

        var profile = await ProfileAsync(View(id));

        await AssertAsPythonAsync(profile, await Host.ExportAsync(id, ExportFormat.Jsonl));
    }

    [Fact]
    public async Task After_failed_records_were_made_again_and_more_were_added_the_figures_are_those_of_the_export()
    {
        var isAgain = false;
        Runner.Make = index => index % 7 == 3 && !isAgain ? "!no JSON" : Varied(index);
        var id = (await Host.CreateAsync(200)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        await AssertAsPythonAsync(await ProfileAsync(View(id)), await Host.ExportAsync(id, ExportFormat.Jsonl));

        isAgain = true;
        await Host.Client.ExtendAsync(
            new ExtendTaskRequest { Id = id, Count = 150 },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        await Host.EndAsync(id, Cancelled);
        Explorer.Clock.Advance(TimeSpan.FromSeconds(2));
        var profile = await ProfileAsync(View(id));

        Assert.Equal(350, profile.Total);
        await AssertAsPythonAsync(profile, await Host.ExportAsync(id, ExportFormat.Jsonl));
    }

    [Fact]
    public async Task A_profile_of_a_view_is_that_of_its_records()
    {
        var id = await MakeAsync([.. Enumerable.Range(0, 300).Select(Varied)]);
        var all = (await RowsAsync(View(id, "_index>=101"), limit: 1000)).Rows.Select(row =>
            row.Data.ToStringUtf8() + "\n"
        );

        var profile = await ProfileAsync(View(id, "_index>=101"));

        Assert.Equal(199, profile.Total);
        Assert.Equal(300, profile.Dataset.Records);
        await AssertAsPythonAsync(profile, System.Text.Encoding.UTF8.GetBytes(string.Concat(all)));
    }

    [Fact]
    public async Task Bins_of_whole_numbers_begin_at_whole_numbers_and_hold_every_value_once()
    {
        var id = await MakeAsync([
            .. Enumerable
                .Range(0, 100)
                .Select(index =>
                    $$"""{"small":{{index % 5}},"wide":{{index * 37}},"one":4,"share":{{(index / 99.0).ToString("R", CultureInfo.InvariantCulture)}}}"""
                ),
        ]);

        var columns = (await ProfileAsync(View(id))).Columns.ToDictionary(column => column.Column.Name);

        Assert.Equal([20, 20, 20, 20, 20], columns["small"].Histogram.Select(bin => bin.Count));
        Assert.Equal([0, 1, 2, 3, 4], columns["small"].Histogram.Select(bin => bin.From));
        Assert.All(columns["wide"].Histogram, bin => Assert.Equal(Math.Floor(bin.From), bin.From));
        Assert.Equal([100], columns["one"].Histogram.Select(bin => bin.Count));
        Assert.Equal(20, columns["share"].Histogram.Count);
        Assert.Equal(1, columns["share"].Histogram[^1].To);
        Assert.All(columns.Values, column => Assert.Equal(100, column.Histogram.Sum(bin => bin.Count)));
    }

    [Fact]
    public async Task How_new_the_records_are_and_which_columns_hang_together_is_what_python_finds()
    {
        var id = await MakeAsync([
            .. Enumerable
                .Range(0, 400)
                .Select(index => index < 250 ? index : index % 30)
                .Select(at =>
                    $$"""{"n":{{at}},"plan":"{{(at % 3 == 0 ? "free" : "pro")}}","tier":{{(at % 3 == 0 ? 1 : at % 7 == 0 ? 3 : 2)}},"coin":{{(at % 2 == 0 ? "true" : "false")}},"city":"{{Cities[at % 11 == 0 ? 4 : at % 4]}}","third":{{(at % 13 == 0 ? 7 : at % 3)}},"one":1,"tags":["{{at % 2}}"]}"""
                ),
        ]);

        var profile = await ProfileAsync(View(id), variety: true);

        using var second = JsonDocument.Parse(
            await ExportFile.ReadWithAsync(await Host.ExportAsync(id, ExportFormat.Jsonl), "python3", Python)
        );
        bool[] fresh = [.. second.RootElement.GetProperty("fresh").EnumerateArray().Select(each => each.GetBoolean())];
        Assert.Equal(
            fresh.Chunk(20).Select((chunk, at) => (at * 20, chunk.Length, chunk.Count(isFresh => isFresh))),
            profile.Novelty.Select(stretch => (stretch.From, stretch.Records, stretch.Fresh))
        );
        Assert.Equal((20, 20, 10, 0), Of(0, 11, 12, 19));
        var crosses = second
            .RootElement.GetProperty("crosses")
            .EnumerateArray()
            .Where(cross => cross[1].GetString() != "tags" && cross[0].GetString() != "tags")
            .Where(cross => cross[2].GetDouble() > 0)
            .OrderByDescending(cross => cross[2].GetDouble())
            .ToArray();
        Assert.Equal(3, profile.Crosses.Count);
        Assert.Contains(profile.Crosses, cross => (cross.Down, cross.Across) == ("plan", "tier"));
        foreach (var (expected, cross) in crosses.Zip(profile.Crosses))
        {
            Assert.Equal((expected[0].GetString(), expected[1].GetString()), (cross.Down, cross.Across));
            Assert.Equal(expected[2].GetDouble(), cross.Association, 1e-9);
            Assert.Equal(
                expected[3]
                    .EnumerateArray()
                    .Select(cell => (cell[0].GetString()!, cell[1].GetString()!, cell[2].GetInt32()))
                    .ToHashSet(),
                cross
                    .Counts.Select(
                        (count, at) =>
                            (
                                cross.DownValues[at / cross.AcrossValues.Count],
                                cross.AcrossValues[at % cross.AcrossValues.Count],
                                count
                            )
                    )
                    .Where(cell => cell.count > 0)
                    .ToHashSet()
            );
        }

        // Columns that are never filled together, and such of which chance alone would make a pair, are none.
        var apart = await MakeAsync([
            .. Enumerable
                .Range(0, 60)
                .Select(index =>
                    index % 2 == 0
                        ? $$"""{"kind":"a","x":{{index / 2 % 3}}}"""
                        : $$"""{"kind":"b","y":{{index / 2 % 4}}}"""
                ),
        ]);
        Assert.Empty((await ProfileAsync(View(apart), variety: true)).Crosses);
        var few = await MakeAsync([
            .. Enumerable.Range(0, 10).Select(index => $$"""{"id":{{index}},"name":"{{(char)('a' + index)}}"}"""),
        ]);
        Assert.Empty((await ProfileAsync(View(few), variety: true)).Crosses);

        // Both cost a moment more, and only who asks for them pays it.
        var plain = await ProfileAsync(View(id));
        Assert.Empty(plain.Novelty);
        Assert.Empty(plain.Crosses);

        (int, int, int, int) Of(int a, int b, int c, int d) =>
            (profile.Novelty[a].Fresh, profile.Novelty[b].Fresh, profile.Novelty[c].Fresh, profile.Novelty[d].Fresh);
    }

    [Fact]
    public async Task What_a_sampler_was_to_give_stands_beside_what_is_there()
    {
        Runner.Make = index =>
            index < 3 ? "!no JSON" : $$"""{"plan":"{{(index < 8 ? "free" : "pro")}}","n":{{index}}}""";
        var id = (
            await Host.Client.CreateAsync(
                new CreateTaskRequest
                {
                    Spec = new GenerationSpec
                    {
                        Prompt = "A customer",
                        Count = 10,
                        Sampling =
                            """{"samplers":{"plan":{"type":"category","weights":{"free":70,"pro":30}},"mood":{"type":"values","values":["glad"],"inRecord":false}}}""",
                    },
                },
                Host.As("ada"),
                cancellationToken: Cancelled
            )
        ).Task.Id;
        await Host.EndAsync(id, Cancelled);

        var sampler = Assert.Single((await ProfileAsync(View(id))).Samplers);

        Assert.Equal("plan", sampler.Name);
        Assert.Equal(
            [("free", 7, 5), ("pro", 3, 2)],
            sampler.Values.Select(value => (value.Value, value.Asked, value.Got))
        );
    }

    [Fact]
    public async Task A_schema_says_the_columns_before_there_is_a_record()
    {
        Runner.Make = _ => "!no JSON";
        var id = (
            await Host.Client.CreateAsync(
                new CreateTaskRequest
                {
                    Spec = new GenerationSpec
                    {
                        Prompt = "A customer",
                        Count = 1,
                        Sampling =
                            """{"schema":{"type":"object","properties":{"b":{"type":"number"},"a":{"type":["string","null"]},"c":{"type":"array","items":{"type":"integer"}}}}}""",
                    },
                },
                Host.As("ada"),
                cancellationToken: Cancelled
            )
        ).Task.Id;
        await Host.EndAsync(id, Cancelled);

        Assert.Equal(
            ["b:number", "a:text", "c:json"],
            (await RowsAsync(View(id))).Columns.Select(column => $"{column.Name}:{column.Type}")
        );
    }

    // Every kind of value, some missing, some null, some records twice.
    private static string Varied(int index)
    {
        var at = index / 20 * 19 + Math.Min(index % 20, 18);
        var random = new Random(at);
        var members = new Dictionary<string, object?>
        {
            ["id"] = at,
            ["age"] = at % 11 == 0 ? null : random.Next(-5, 90),
            ["price"] = Math.Round(random.NextDouble() * 1000, 2),
            ["big"] = 9007199254740993 + random.Next(3),
            ["city"] = Cities[random.Next(Cities.Length)],
            ["note"] = new string('ä', random.Next(0, 40)) + "\n\t\"'\\ \u0001",
            ["ok"] = random.Next(3) > 0,
            ["tags"] = Enumerable.Range(0, random.Next(3)).Select(tag => Cities[tag]).ToArray(),
            ["mixed"] = random.Next(3) switch
            {
                0 => "12",
                1 => 12,
                _ => new Dictionary<string, object?> { ["a"] = null, ["ß"] = 1.5 },
            },
            ["nothing"] = null,
        };
        if (at % 3 == 0)
        {
            members.Remove("price");
        }

        if (at > 150)
        {
            members["late"] = random.Next(4);
        }

        return JsonSerializer.Serialize(members, DataGen.Definition.Sampling.Plain);
    }

    private static async Task AssertAsPythonAsync(ProfileReply profile, byte[] lines)
    {
        using var second = JsonDocument.Parse(await ExportFile.ReadWithAsync(lines, "python3", Python));
        var python = second.RootElement;
        Assert.Equal(python.GetProperty("total").GetInt32(), profile.Total);
        Assert.Equal(python.GetProperty("duplicates").GetInt32(), profile.Duplicates);
        Assert.Equal(
            python.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()),
            profile.Columns.Select(column => column.Column.Name)
        );
        foreach (var (expected, column) in python.GetProperty("columns").EnumerateArray().Zip(profile.Columns))
        {
            Assert.Equal(
                (
                    column.Column.Name,
                    expected.GetProperty("filled").GetInt32(),
                    expected.GetProperty("nulls").GetInt32(),
                    expected.GetProperty("distinct").GetInt32()
                ),
                (column.Column.Name, column.Filled, column.Nulls, column.Distinct)
            );
            Assert.Equal(
                expected
                    .GetProperty("top")
                    .EnumerateArray()
                    .Select(pair => (Number(pair[0].GetString()!), pair[1].GetInt32())),
                column.Top.Select(value => (Number(value.Value), value.Count))
            );
            if (expected.TryGetProperty("numbers", out var numbers))
            {
                AssertNumbers(column, [.. numbers.EnumerateArray().Select(Nullable)]);
                AssertBins(
                    column,
                    [.. expected.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]
                );
            }

            if (expected.TryGetProperty("texts", out var texts))
            {
                Assert.Equal([texts[0].GetString(), texts[1].GetString()], [column.Min, column.Max]);
                var lengths = expected.GetProperty("lengths");
                Assert.Equal((lengths[0].GetInt32(), lengths[2].GetInt32()), (column.Lengths.Min, column.Lengths.Max));
                Assert.Equal(lengths[1].GetDouble(), column.Lengths.Mean, 1e-9);
            }
        }
    }

    private static void AssertNumbers(ColumnProfile column, double?[] expected)
    {
        double?[] found =
        [
            double.Parse(column.Min, CultureInfo.InvariantCulture),
            double.Parse(column.Max, CultureInfo.InvariantCulture),
            column.Mean,
            column.HasDeviation ? column.Deviation : null,
            .. column.Quantiles,
        ];
        Assert.Equal(expected.Length, found.Length);
        foreach (var (one, other) in expected.Zip(found))
        {
            Assert.Equal(one is null, other is null);
            Assert.True(
                one is null || Math.Abs(one.Value - other!.Value) <= 1e-9 * Math.Max(1, Math.Abs(one.Value)),
                $"{column.Column.Name}: {one} and {other}"
            );
        }
    }

    private static void AssertBins(ColumnProfile column, double[] values)
    {
        var bins = column.Histogram;
        Assert.Equal(values.Length, bins.Sum(bin => bin.Count));
        if (values[0] >= 1L << 53)
        {
            // As doubles, the bounds of its bins are not exact.
            return;
        }

        for (var at = 0; at < bins.Count; at++)
        {
            var isLast = at == bins.Count - 1;
            Assert.Equal(
                values.Count(value => value >= bins[at].From && (value < bins[at].To || isLast)),
                bins[at].Count
            );
        }
    }

    private static double? Nullable(JsonElement number) =>
        number.ValueKind is JsonValueKind.Null ? null : number.GetDouble();

    // 1.0 and 1 are one number.
    private static string Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && text.Length < 15
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : text;
}
