using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tests.Explorer;

public sealed class RowsTests : ExplorerServiceTest
{
    private static readonly string[] People =
    [
        """{"name":"Ann","age":41,"city":"Rome"}""",
        """{"name":"Bob","age":7,"city":"Oslo","score":1.5}""",
        """{"name":"ärger","age":null,"city":"Rome"}""",
        "!no JSON",
        """{"name":"Dora","age":41,"address":{"city":"Kyiv","zip":7},"ok":true}""",
        """{"name":"100% \"real\" _x_","age":-3,"ok":false,"score":2}""",
    ];

    [Fact]
    public async Task Rows_are_the_records_as_they_were_written_and_failed_ones_are_left_out()
    {
        var id = await MakeAsync(People);

        var reply = await RowsAsync(View(id));

        Assert.Equal([0, 1, 2, 4, 5], Indices(reply));
        Assert.Equal(People.Where(record => record[0] != '!'), Texts(reply));
        Assert.Equal((5, 5), (reply.Total, reply.Dataset.Records));
        Assert.Equal(GenerationTaskStatus.Succeeded, reply.Dataset.Status);
        Assert.Equal(
            ["name:text", "age:integer", "city:text", "score:number", "address:json", "ok:boolean"],
            reply.Columns.Select(column => $"{column.Name}:{column.Type}")
        );
    }

    [Theory]
    [InlineData("age=41", 0, 4)]
    [InlineData("age=40.5")]
    [InlineData("age>40.5", 0, 4)]
    [InlineData("age>=40.5", 0, 4)]
    [InlineData("age<7.5e0", 1, 5)]
    [InlineData("age!=40.5", 0, 1, 2, 4, 5)]
    [InlineData("age<1e19", 0, 1, 4, 5)]
    [InlineData("age=1e300")]
    [InlineData("age = 41", 0, 4)]
    [InlineData("age>=7", 0, 1, 4)]
    [InlineData("age<7.5", 1, 5)]
    [InlineData("age!=41", 1, 2, 5)]
    [InlineData("age is:null", 2)]
    [InlineData("score not:null", 1, 5)]
    [InlineData("score=2", 5)]
    [InlineData("city=Rome", 0, 2)]
    [InlineData("city!=Rome", 1, 4, 5)]
    [InlineData("name~ÄRGER", 2)]
    [InlineData("name~%", 5)]
    [InlineData("name~_x_", 5)]
    [InlineData("name=100% \"real\" _x_", 5)]
    [InlineData("name<B", 0, 5)]
    [InlineData("ok=true", 4)]
    [InlineData("ok!=true", 0, 1, 2, 5)]
    [InlineData("address.city=Kyiv", 4)]
    [InlineData("address.zip>=7", 4)]
    [InlineData("address.street is:null", 0, 1, 2, 4, 5)]
    [InlineData("_index>=4", 4, 5)]
    [InlineData("name=' OR true --")]
    public async Task A_filter_leaves_the_records_for_which_it_holds(string filter, params int[] left)
    {
        var id = await MakeAsync(People);

        var reply = await RowsAsync(View(id, filter));

        Assert.Equal(left, Indices(reply));
        Assert.Equal(left.Length, reply.Total);
    }

    [Theory]
    [InlineData("age", 5, 1, 0, 4, 2)]
    [InlineData("-age", 0, 4, 1, 5, 2)]
    [InlineData("-age,-name", 4, 0, 1, 5, 2)]
    [InlineData("-_index", 5, 4, 2, 1, 0)]
    [InlineData("city,age", 1, 0, 2, 5, 4)]
    public async Task Sorting_puts_null_last_and_breaks_ties_by_index(string sort, params int[] order)
    {
        var id = await MakeAsync(People);

        Assert.Equal(order, Indices(await RowsAsync(View(id, sort: sort))));
    }

    [Theory]
    [InlineData("rome", 0, 2)]
    [InlineData("kyiv", 4)]
    [InlineData("41", 0, 4)]
    [InlineData("\"real\"", 5)]
    [InlineData("city")]
    public async Task A_text_is_sought_in_the_values_of_all_columns_and_not_in_their_names(
        string text,
        params int[] left
    )
    {
        // A nested object is searched as JSON, in which names of members are.
        var id = await MakeAsync([
            .. People.Select(record =>
                record.Replace("\"address\":{\"city\"", "\"address\":{\"town\"", StringComparison.Ordinal)
            ),
        ]);

        Assert.Equal(left, Indices(await RowsAsync(View(id, text: text))));
    }

    [Theory]
    [InlineData("t= lead", 0)]
    [InlineData("t=trail ", 1)]
    [InlineData("t=a", 3)]
    [InlineData("t=a\0b", 2)]
    [InlineData("t~\0", 2)]
    [InlineData("o.a/b=1", 0)]
    [InlineData("o.x=2", 1)]
    [InlineData("o.*=3", 2)]
    [InlineData("o.\"q\"=4", 3)]
    [InlineData("f>=1e300", 0)]
    public async Task Odd_values_and_names_are_found_as_they_are(string filter, int left)
    {
        var id = await MakeAsync(
            """{"t":" lead","o":{"a/b":1},"f":1e300}""",
            """{"t":"trail ","o":{"x":2},"f":-0.5}""",
            """{"t":"a\u0000b","o":{"*":3},"f":-1e300}""",
            """{"t":"a","o":{"\"q\"":4},"f":2}"""
        );

        Assert.Equal([left], Indices(await RowsAsync(View(id, filter))));
        Assert.Equal(
            1e300,
            double.Parse(
                (await ProfileAsync(View(id))).Columns[2].Max,
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        await InvalidAsync("filter", () => RowsAsync(View(id, "o.=3")));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var id = await MakeAsync([
            .. Enumerable
                .Range(0, 250)
                .Select(index => $$"""{"id":{{index}},"even":{{(index % 2 == 0 ? "true" : "false")}}}"""),
        ]);
        var view = View(id, "even=true", "-id");

        var all = await RowsAsync(view, limit: 1000);
        var pages = new List<int>();
        for (var offset = 0; offset < all.Total; offset += 40)
        {
            pages.AddRange(Indices(await RowsAsync(view, offset, 40)));
        }

        Assert.Equal(125, all.Total);
        Assert.Equal(Indices(all), pages);
        Assert.Equal([.. Enumerable.Range(0, 125).Select(index => 248 - (2 * index))], pages);
        Assert.Equal(Enumerable.Range(240, 10), Indices(await RowsAsync(View(id), offset: 240)));
        Assert.Empty((await RowsAsync(View(id), offset: 250)).Rows);
    }

    [Theory]
    [InlineData("filter", "height>3", "height>3")]
    [InlineData("filter", "age ? 3", "'age'")]
    [InlineData("filter", "age>old", "'old'")]
    [InlineData("filter", "ok>true", "true or false")]
    [InlineData("sort", "height", "'height'")]
    public async Task What_is_not_there_is_named(string field, string asked, string named)
    {
        var id = await MakeAsync(People);
        var view = field == "sort" ? View(id, sort: asked) : View(id, asked);

        Assert.Contains(named, await InvalidAsync(field, () => RowsAsync(view)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_pages_are_named()
    {
        var id = await MakeAsync(People);

        await InvalidAsync("limit", () => RowsAsync(View(id), limit: 1001));
        await InvalidAsync("offset", () => RowsAsync(View(id), offset: -1));
    }

    [Fact]
    public async Task Names_of_every_kind_are_columns()
    {
        string[] names = ["Name", "name", "", "a\\\"b", "_index", "select", "a.b", "x>=y", "日本", "c0", "NAME_2"];
        var record = $"{{{string.Join(',', names.Select((name, at) => $"\"{name}\":{at}"))}}}";
        var id = await MakeAsync(record, """{"x>=y":9}""");

        var reply = await RowsAsync(View(id));
        var sql = Json(await QueryAsync(id, "SELECT * EXCLUDE (_index) FROM records WHERE _index = 0"));

        Assert.Equal(
            names.Select(name => name.Replace("\\", "", StringComparison.Ordinal)),
            reply.Columns.Select(column => column.Name)
        );
        Assert.Equal(
            names.Length,
            reply.Columns.Select(column => column.SqlName).Distinct(StringComparer.OrdinalIgnoreCase).Count()
        );
        Assert.Equal("[[0,1,2,3,4,5,6,7,8,9,10]]", sql);
        Assert.Equal([0], Indices(await RowsAsync(View(id, "x>=y<9"))));
        Assert.Equal([1], Indices(await RowsAsync(View(id, "x>=y>=9"))));
        Assert.Equal([0], Indices(await RowsAsync(View(id, "a.b=6"))));
    }

    [Fact]
    public async Task Another_users_dataset_is_not_found_and_an_administrator_who_names_the_owner_sees_it()
    {
        var id = await MakeAsync(People);
        await RowsAsync(View(id));
        var named = View(id);
        named.Owner = "ada";

        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => RowsAsync(View(id), user: "eve")));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => RowsAsync(named, user: "eve")));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => RowsAsync(View(id), Host.As("root", "admin"))));
        Assert.Equal(5, (await RowsAsync(named, Host.As("root", "admin"))).Total);
        Assert.Equal(5, (await RowsAsync(View(id))).Total);
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => RowsAsync(View(id), [])));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => RowsAsync(View("../../etc"))));
    }

    [Theory]
    [InlineData(
        ExportFormat.Jsonl,
        "{\"name\":\"Dora\",\"age\":41,\"address\":{\"city\":\"Kyiv\",\"zip\":7},\"ok\":true}\n{\"name\":\"Ann\",\"age\":41,\"city\":\"Rome\"}\n"
    )]
    [InlineData(
        ExportFormat.Csv,
        "name,age,address,ok,city\r\nDora,41,\"{\"\"city\"\":\"\"Kyiv\"\",\"\"zip\"\":7}\",true,\r\nAnn,41,,,Rome\r\n"
    )]
    public async Task What_a_view_shows_is_a_file(ExportFormat format, string expected)
    {
        var id = await MakeAsync(People);

        using var call = Explorer.Client.ExportRows(
            new ExportRowsRequest { View = View(id, "age=41", "-_index"), Format = format },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        var file = "";
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            file += chunk.Data.ToStringUtf8();
        }

        Assert.Equal(expected, file);
    }

    [Fact]
    public async Task A_mixed_column_compares_and_sorts_its_numbers_as_numbers()
    {
        var id = await MakeAsync(
            """{"n":1e2}""",
            """{"n":7}""",
            """{"n":"7"}""",
            """{"n":1.79e308}""",
            """{"n":123456789.123456789}""",
            """{"n":"x"}""",
            """{"n":[1]}"""
        );

        Assert.Equal([0], Indices(await RowsAsync(View(id, "n=100"))));
        Assert.Equal([0], Indices(await RowsAsync(View(id, "n=1e2"))));
        Assert.Equal([1, 2], Indices(await RowsAsync(View(id, "n=7.0"))));
        Assert.Equal([4], Indices(await RowsAsync(View(id, "n=123456789.123456789"))));
        Assert.Equal([5], Indices(await RowsAsync(View(id, "n=x"))));
        Assert.Equal([0, 3, 4, 5, 6], Indices(await RowsAsync(View(id, "n!=7"))));
        var view = View(id);
        view.Sort.Add("n");
        Assert.Equal([0, 4, 3], Indices(await RowsAsync(view)).Skip(2).Take(3));
    }

    [Fact]
    public async Task Long_numbers_that_differ_in_a_digit_are_not_the_same()
    {
        var id = await MakeAsync(
            """{"n":12345678901234567890}""",
            """{"n":12345678901234567891}""",
            """{"n":12345678901234567892}"""
        );

        Assert.Equal([1], Indices(await RowsAsync(View(id, "n=12345678901234567891"))));
        Assert.Equal([0, 2], Indices(await RowsAsync(View(id, "n!=12345678901234567891"))));
    }

    [Theory]
    [InlineData("_index<99999999999", 2)]
    [InlineData("_index>-99999999999", 2)]
    [InlineData("_index=99999999999", 0)]
    [InlineData("_index>=1", 1)]
    public async Task An_index_is_compared_with_any_number(string filter, int found)
    {
        var id = await MakeAsync("""{"a":1}""", """{"a":2}""");

        Assert.Equal(found, (await RowsAsync(View(id, filter))).Total);
    }

    [Theory]
    [InlineData("a is:nullgarbage")]
    [InlineData("a not:null OR 1")]
    public async Task A_condition_with_more_behind_it_is_refused(string filter)
    {
        var id = await MakeAsync("""{"a":1}""");

        await InvalidAsync("filter", () => RowsAsync(View(id, filter)));
    }
}
