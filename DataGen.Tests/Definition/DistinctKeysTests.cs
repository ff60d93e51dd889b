using System.Text.Json;
using DataGen.Definition;
using DataGen.Definition.Distinct;
using DataGen.Definition.Reading;

namespace DataGen.Tests.Definition;

/// <summary>What counts as the same, and how much can differ.</summary>
public sealed class DistinctKeysTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":100}""", """{"a":1e2}""")]
    [InlineData("""{"a":0.001}""", """{"a":1E-3}""")]
    [InlineData("""{"a":-0}""", """{"a":0.00}""")]
    [InlineData("""{"a":"Ann"}""", """{"a":" aNN "}""")]
    [InlineData("""{"a":"é"}""", """{"a":"e\u0301"}""")]
    [InlineData("""{"a":{"x":1,"y":[2]}}""", """{"a":{"y":[2.0],"x":1}}""")]
    [InlineData("""{"a":null,"b":1}""", """{"b":2,"a":null}""")]
    public void These_are_the_same(string one, string other) => Assert.Equal(Key(one), Key(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":1}""", """{"a":10}""")]
    [InlineData("""{"a":1}""", """{"a":-1}""")]
    [InlineData("""{"a":true}""", """{"a":"true"}""")]
    [InlineData("""{"a":null}""", """{"a":false}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["bc"]}""")]
    [InlineData("""{"a":["b",["c"]]}""", """{"a":["b","c"]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"c":1}}""")]
    [InlineData("""{"a":{"b":"x","c":""}}""", """{"a":{"b":"","c":"x"}}""")]
    [InlineData("""{"a":1e99999999999999999999}""", """{"a":1e99999999999999999998}""")]
    public void These_differ(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    [Fact]
    public void Exact_text_differs_in_case_and_blanks()
    {
        const string exact = """[{"members":["a"],"exact":true}]""";

        Assert.NotEqual(Key("""{"a":"Ann"}""", exact), Key("""{"a":"ann"}""", exact));
        Assert.NotEqual(Key("""{"a":"Ann"}""", exact), Key("""{"a":"Ann "}""", exact));
        Assert.Equal(Key("""{"a":"é"}""", exact), Key("""{"a":"e\u0301"}""", exact));
    }

    [Fact]
    public void A_record_without_a_member_is_compared_with_none()
    {
        Assert.Equal(DistinctKeys.None, Key("""{"b":1}"""));
        Assert.NotEqual(DistinctKeys.None, Key("""{"a":null}"""));
    }

    [Fact]
    public void The_whole_record_is_compared_without_what_is_drawn()
    {
        const string drawn = """,{"plan":{"type":"values","values":["free","pro"]}}""";

        Assert.Equal(
            Key("""{"plan":"free","a":1}""", $"true,\"samplers\":{drawn[1..]}"),
            Key("""{"a":1,"plan":"pro"}""", $"true,\"samplers\":{drawn[1..]}")
        );
        Assert.NotEqual(Key("""{"plan":"free","a":1}""", "true"), Key("""{"a":1,"plan":"pro"}""", "true"));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"enum":[1,2,3]},"b":{"type":"boolean"}}}""", """[["a","b"]]""", 6L)]
    [InlineData("""{"properties":{"a":{"type":"integer","minimum":1,"maximum":5}}}""", """[["a"]]""", 5L)]
    [InlineData("""{"properties":{"a":{"const":1}}}""", """[["a"]]""", 1L)]
    [InlineData("""{"properties":{"a":{"type":"string"},"b":{"const":1}}}""", """[["a","b"]]""", null)]
    [InlineData("""{"properties":{"a":{"type":"boolean"}},"additionalProperties":false}""", "true", 3L)]
    [InlineData(
        """{"properties":{"a":{"type":"boolean"}},"required":["a"],"additionalProperties":false}""",
        "true",
        2L
    )]
    [InlineData("""{"properties":{"a":{"type":"boolean"}}}""", "true", null)]
    public void What_a_schema_allows_bounds_what_can_differ(string schema, string unique, long? capacity)
    {
        var definition = Read($$"""{"schema":{"type":"object",{{schema[1..]}},"unique":{{unique}}}""", 100);

        Assert.Equal(capacity, new Capacity(definition).MostDistinct);
        Assert.Equal(capacity is null ? 0 : 1, new Capacity(definition).Problems.Count());
    }

    [Fact]
    public void What_is_drawn_differs_as_often_as_the_plan_says()
    {
        var alone = Read("""{"unique":[["k"]],"samplers":{"k":{"type":"integer","min":1,"max":60}}}""", 100);
        var enough = Read("""{"unique":[["k"]],"samplers":{"k":{"type":"integer","min":1,"max":100}}}""", 100);
        var both = Read(
            """
            {"unique":[["k","a"]],"samplers":{"k":{"type":"category","weights":{"x":98,"y":2}}},
             "schema":{"type":"object","properties":{"a":{"enum":["1","2","3"]}}}}
            """,
            100
        );

        Assert.Equal(60, new Capacity(alone).MostDistinct);
        Assert.Equal(100, new Capacity(enough).MostDistinct);
        Assert.Empty(new Capacity(enough).Problems);
        // Three of the 98, both of the two.
        Assert.Equal(
            "can be kept by 5 records at most, which differ in k and a; 100 are asked for.",
            new Capacity(both).Problems.Single().Message
        );
    }

    [Theory]
    [InlineData("1", "unique", "has to be true, or a list of lists of members.")]
    [InlineData("[]", "unique", "has to have 1 to 8 sets.")]
    [InlineData("""["a"]""", "unique[0]", "has to be a list.")]
    [InlineData("[[]]", "unique[0]", "has to have 1 to 16 members.")]
    [InlineData("[[1]]", "unique[0][0]", "has to be the name of a member.")]
    [InlineData("""[["a","a"]]""", "unique[0][1]", "is named twice.")]
    [InlineData("""[["b"]]""", "unique[0][0]", "names 'b', which is no member of the record.")]
    [InlineData("""[{"members":["a"],"exact":1}]""", "unique[0].exact", "has to be true or false.")]
    [InlineData("""[{"exact":true}]""", "unique[0].members", "is required.")]
    public void A_wrong_set_says_where(string unique, string path, string message)
    {
        var (_, errors) = DefinitionReader.Read(
            JsonElement.Parse(
                $$$"""{"prompt":"p","count":1,"schema":{"type":"object","properties":{"a":{} } },"unique":{{{unique}}} }"""
            )
        );

        Assert.Equal([(path, message)], errors.Select(error => (error.Path, error.Message)));
    }

    private static ulong Key(string record, string unique = """[["a"]]""") =>
        Sampling.Read("p", 1000, $$"""{"unique":{{unique}}}""").Sampling!.Keys.Of(JsonElement.Parse(record)).Single();

    private static DatasetDefinition Read(string members, int count)
    {
        var (definition, errors) = DefinitionReader.Read(
            JsonElement.Parse($$"""{"prompt":"p","count":{{count}},{{members[1..]}}""")
        );
        Assert.Empty(errors);
        return definition!;
    }
}
