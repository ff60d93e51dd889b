using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Definition.Planning;
using DataGen.Definition.Reading;

namespace DataGen.Tests.Definition;

/// <summary>The plan is exact, in whatever order the records are made and whichever process asks.</summary>
public sealed class SamplingPlanTests
{
    [Theory]
    [InlineData(1000, """{"free":70,"pro":20,"enterprise":10}""", "700 200 100")]
    [InlineData(1000, """{"a":1,"b":1,"c":1}""", "334 333 333")]
    [InlineData(7, """{"a":0.5,"b":0.5}""", "4 3")]
    [InlineData(1, """{"a":1,"b":9}""", "0 1")]
    [InlineData(10, """{"a":0.1,"b":0.2,"c":0.7}""", "1 2 7")]
    public void A_category_has_exactly_its_shares(int count, string weights, string expected)
    {
        var plan = Plan(count, $$$"""{"plan":{"type":"category","weights":{{{weights}}}}}""");

        var drawn = Draw(plan, "plan", count);

        var names = JsonDocument.Parse(weights).RootElement.EnumerateObject().Select(weight => weight.Name).ToList();
        Assert.Equal(expected, string.Join(' ', names.Select(name => drawn.Count(value => value == name))));
        Assert.Equal(expected, string.Join(' ', names.Select(name => plan.Counts()["plan"][name])));
    }

    [Fact]
    public void A_block_leaves_the_records_before_it_alone_and_is_exact_by_itself()
    {
        const string samplers = """
            {"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}},
             "seats":{"type":"conditional","on":"plan","cases":{"free":{"type":"integer","min":1,"max":7},"pro":{"type":"integer","min":8,"max":9},"enterprise":{"type":"integer","min":10,"max":19}}},
             "id":{"type":"uuid"}}
            """;
        var before = Plan(1000, samplers);
        var after = Plan(1600, samplers, blocks: "[1000,500,100]");

        Assert.Equal(Records(before, 0, 1000), Records(after, 0, 1000));
        Assert.Equal("350 100 50", Shares(1000, 500));
        Assert.Equal("70 20 10", Shares(1500, 100));
        var seats = Enumerable
            .Range(1000, 500)
            .Select(index => after.At(index))
            .Where(values => values["plan"]!.ToString() == "free")
            .CountBy(values => (long)values["seats"]!)
            .ToDictionary();
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], seats.Keys.Order());
        Assert.All(seats.Values, times => Assert.Equal(50, times));
        Assert.Equal(
            1600,
            Enumerable.Range(0, 1600).Select(index => after.At(index)["id"]!.ToString()).Distinct().Count()
        );
        Assert.NotEqual(Records(after, 0, 100), Records(after, 1500, 100));
        Assert.Equal(1120, after.Counts()["plan"]["free"]);
        Assert.Equal(
            1120,
            after
                .Counts()["seats"]
                .Where(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture) < 8)
                .Sum(pair => pair.Value)
        );

        static IEnumerable<string> Records(SamplingPlan plan, int first, int count) =>
            Enumerable.Range(first, count).Select(index => plan.At(index).ToJsonString());

        string Shares(int first, int count) =>
            string.Join(
                ' ',
                ((string[])["free", "pro", "enterprise"]).Select(name =>
                    Enumerable.Range(first, count).Count(index => after.At(index)["plan"]!.ToString() == name)
                )
            );
    }

    [Theory]
    [InlineData("[]", "has to be a list of 1 to 1000 whole numbers, each at least 1.")]
    [InlineData("[10,0]", "has to be a list of 1 to 1000 whole numbers, each at least 1.")]
    [InlineData("[5,1.5]", "has to be a list of 1 to 1000 whole numbers, each at least 1.")]
    [InlineData("7", "has to be a list of 1 to 1000 whole numbers, each at least 1.")]
    [InlineData("[2147483647,2147483647]", "comes to 4294967294 records, not to the count of 10.")]
    [InlineData("[5,4]", "comes to 9 records, not to the count of 10.")]
    public void Blocks_that_are_not_the_count_are_refused(string blocks, string problem)
    {
        var (_, errors) = DefinitionReader.Read(
            JsonElement.Parse($$"""{"prompt":"p","count":10,"blocks":{{blocks}}}""")
        );

        Assert.Equal(("blocks", problem), (errors.Single().Path, errors.Single().Message));
    }

    [Fact]
    public void Whole_numbers_are_drawn_equally_often()
    {
        var plan = Plan(730, """{"age":{"type":"integer","min":18,"max":90}}""");

        var drawn = Draw(plan, "age", 730)
            .GroupBy(value => value)
            .ToDictionary(group => group.Key, group => group.LongCount());

        Assert.Equal(73, drawn.Count);
        Assert.All(drawn.Values, times => Assert.Equal(10, times));
        Assert.Equal(plan.Counts()["age"].OrderBy(pair => pair.Key), drawn.OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData(100, 7)]
    [InlineData(1000, 999)]
    [InlineData(10, 10)]
    public void The_table_of_whole_numbers_is_what_is_drawn(int count, int values)
    {
        var plan = Plan(count, $$$"""{"n":{"type":"integer","min":-3,"max":{{{values - 4}}}}}""");

        var drawn = Draw(plan, "n", count)
            .GroupBy(value => value)
            .ToDictionary(group => group.Key, group => group.LongCount());

        Assert.Equal(
            plan.Counts()["n"].Where(pair => pair.Value > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal),
            drawn.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_conditional_is_exact_within_each_case()
    {
        var plan = Plan(
            1000,
            """
            {"plan":{"type":"category","weights":{"free":70,"pro":20,"enterprise":10}},
             "seats":{"type":"conditional","on":"plan","cases":{
               "free":{"type":"integer","min":1,"max":2},
               "pro":{"type":"category","weights":{"5":1,"10":3}},
               "enterprise":{"type":"values","values":[50,100]}}}}
            """
        );

        var pairs = Enumerable
            .Range(0, 1000)
            .Select(plan.At)
            .GroupBy(values => $"{values["plan"]} {values["seats"]}")
            .ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(
            new Dictionary<string, int>
            {
                ["free 1"] = 350,
                ["free 2"] = 350,
                ["pro 5"] = 50,
                ["pro 10"] = 150,
                ["enterprise 50"] = 50,
                ["enterprise 100"] = 50,
            }.OrderBy(pair => pair.Key),
            pairs.OrderBy(pair => pair.Key)
        );
        Assert.Equal(350, plan.Counts()["seats"]["1"]);
    }

    [Fact]
    public void Every_permutation_holds_each_place_once()
    {
        foreach (var count in new long[] { 1, 2, 3, 5, 63, 64, 65, 1000, 4097 })
        {
            for (ulong key = 0; key < 20; key++)
            {
                var permutation = new Permutation(count, key * 0x9E3779B97F4A7C15);

                Assert.Equal(
                    Enumerable.Range(0, (int)count).Select(index => (long)index),
                    Enumerable.Range(0, (int)count).Select(index => permutation.At(index)).Order()
                );
            }
        }
    }

    [Fact]
    public void The_same_seed_is_the_same_plan_and_another_is_another()
    {
        const string samplers = """
            {"plan":{"type":"category","weights":{"free":1,"pro":1}},"id":{"type":"uuid"},"who":{"type":"person","locale":"de"},
             "at":{"type":"dateTime","min":"2024-01-01T00:00:00Z","max":"2024-12-31T23:59:59Z"},"price":{"type":"number","min":1,"max":99}}
            """;
        var (one, same, other) = (
            Plan(50, samplers, seed: 1),
            Plan(50, samplers, seed: 1),
            Plan(50, samplers, seed: 2)
        );

        for (var index = 49; index >= 0; index--)
        {
            Assert.Equal(one.At(index).ToJsonString(), same.At(index).ToJsonString());
        }

        Assert.NotEqual(Draw(one, "plan", 50), Draw(other, "plan", 50));
        Assert.Equal(50, Draw(one, "id", 50).Distinct().Count());
        Assert.All(Draw(one, "id", 50), id => Assert.Equal('4', id[14]));
    }

    [Fact]
    public void Samplers_do_not_follow_each_other()
    {
        var plan = Plan(
            10_000,
            """{"a":{"type":"category","weights":{"x":1,"y":1}},"b":{"type":"category","weights":{"x":1,"y":1}}}"""
        );

        var both = Enumerable.Range(0, 10_000).Select(plan.At).Count(values => $"{values["a"]}{values["b"]}" == "xx");

        Assert.InRange(both, 2350, 2650);
    }

    [Fact]
    public void Numbers_and_days_keep_to_their_bounds_and_spread_over_them()
    {
        var plan = Plan(
            1000,
            """
            {"u":{"type":"number","min":10,"max":20},"n":{"type":"number","min":0,"max":100,"mean":50,"deviation":10,"decimals":3},
             "day":{"type":"date","min":"2024-01-01","max":"2024-12-31"}}
            """
        );

        var uniform = Draw(plan, "u", 1000).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var normal = Draw(plan, "n", 1000).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var days = Draw(plan, "day", 1000).Order(StringComparer.Ordinal).ToList();

        Assert.All(
            Enumerable.Range(0, 10),
            tenth => Assert.InRange(uniform.Count(value => value >= 10 + tenth && value < 11 + tenth), 98, 102)
        );
        Assert.All(normal, value => Assert.InRange(value, 0, 100));
        Assert.InRange(normal.Average(), 49.9, 50.1);
        Assert.InRange(normal.Count(value => Math.Abs(value - 50) < 10), 675, 690);
        Assert.Equal(("2024-01-01", "2024-12-31"), (days[0], days[^1]));
        Assert.InRange(days.GroupBy(day => day).Max(group => group.Count()), 2, 3);
    }

    [Fact]
    public void Rounding_leads_out_of_no_bounds()
    {
        var plan = Plan(
            200,
            """
            {"n":{"type":"number","min":0.126,"max":0.994,"decimals":2},
             "t":{"type":"dateTime","min":"2024-03-01T00:00:00.5Z","max":"2024-03-01T00:00:09.5Z"}}
            """
        );

        var numbers = Draw(plan, "n", 200).Select(value => decimal.Parse(value, CultureInfo.InvariantCulture)).ToList();
        var moments = Draw(plan, "t", 200).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Equal((0.13m, 0.99m), (numbers.Min(), numbers.Max()));
        Assert.Equal(("2024-03-01T00:00:01Z", "2024-03-01T00:00:09Z", 9), (moments[0], moments[^1], moments.Count));
    }

    [Theory]
    [InlineData(
        "csv",
        "product,price\n\"Bell, \"\"loud\"\"\",5.50\nLamp,\n",
        """{"product":"Bell, \"loud\"","price":"5.50"} {"product":"Lamp","price":""}"""
    )]
    [InlineData(
        "csv",
        "\uFEFFproduct;price\r\nBell;5,50\r\nLamp;7\r\n",
        """{"product":"Bell","price":"5,50"} {"product":"Lamp","price":"7"}"""
    )]
    [InlineData("jsonl", "{\"n\":1.50,\"l\":[true]}\n\n{\"n\":null}\r\n", """{"n":1.50,"l":[true]} {"n":null}""")]
    public void Rows_are_taken_from_the_text_of_a_file(string form, string text, string rows)
    {
        var plan = Plan(4, $$$"""{"seed_row":{"type":"rows","{{{form}}}":{{{JsonSerializer.Serialize(text)}}} }}""");

        var drawn = Enumerable
            .Range(0, 4)
            .Select(index => plan.At(index)["seed_row"]!.AsObject())
            .Select(row => JsonSerializer.Serialize(row, Plain))
            .CountBy(row => row)
            .ToDictionary();

        Assert.All(drawn.Values, times => Assert.Equal(2, times));
        Assert.Equal(
            rows,
            string.Join(
                ' ',
                drawn.Keys.OrderBy(row =>
                    row.Contains("Lamp", StringComparison.Ordinal) || row.Contains("null", StringComparison.Ordinal)
                )
            )
        );
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Rows_are_drawn_equally_often_and_in_full()
    {
        var plan = Plan(6, """{"topic":{"type":"rows","rows":[{"t":"a","n":1},{"t":"b"},{"t":"c"}]}}""");

        var drawn = Draw(plan, "topic", 6);

        Assert.Equal(
            [
                """{"t":"a","n":1}""",
                """{"t":"a","n":1}""",
                """{"t":"b"}""",
                """{"t":"b"}""",
                """{"t":"c"}""",
                """{"t":"c"}""",
            ],
            drawn.Select(text => JsonNode.Parse(text)!.ToJsonString()).Order(StringComparer.Ordinal)
        );
    }

    private static SamplingPlan Plan(int count, string samplers, long seed = 42, string? blocks = null)
    {
        var (definition, errors) = DefinitionReader.Read(
            JsonElement.Parse(
                $$"""{"prompt":"p","count":{{count}},"blocks":{{blocks ?? $"[{count}]"}},"seed":{{seed}},"samplers":{{samplers}}}"""
            )
        );
        Assert.Empty(errors);
        return new SamplingPlan(definition!);
    }

    private static List<string> Draw(SamplingPlan plan, string name, int count) =>
        [.. Enumerable.Range(0, count).Select(index => plan.At(index)[name]!.ToString())];
}
