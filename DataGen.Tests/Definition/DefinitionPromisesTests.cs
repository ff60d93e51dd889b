using System.Text.Json;

namespace DataGen.Tests.Definition;

/// <summary>The check that the definitions of the gallery go through finds a promise of any kind that is
/// broken.</summary>
public sealed class DefinitionPromisesTests
{
    [Theory]
    [InlineData("", """[{"a":1}]""")]
    [InlineData(""","near":{}""", """[{"a":1},{"a":2}]""")]
    [InlineData(""","unique":[["a"]]""", """[{"a":" X"},{"a":"x"}]""")]
    [InlineData(""","unique":true""", """[{"a":1,"b":[2]},{"b":[2.0],"a":1}]""")]
    [InlineData(""","rules":[["a","<=","b"]]""", """[{"a":"2024-01-02","b":"2024-01-01"},{"a":1,"b":2}]""")]
    [InlineData(""","rules":[["a",">",0]]""", """[{"a":0},{"a":1}]""")]
    [InlineData(""","examples":[{"a":"x"}]""", """[{"a":"X"},{"a":"y"}]""")]
    [InlineData(""","schema":{"type":"object","required":["b"]}""", """[{"a":1},{"b":1}]""")]
    [InlineData(""","schema":{"properties":{"a":{"maximum":3}}}""", """[{"a":4},{"a":1}]""")]
    [InlineData(""","schema":{"properties":{"a":{"format":"email"}}}""", """[{"a":"x"},{"a":"x@y.org"}]""")]
    [InlineData(""","schema":{"properties":{},"additionalProperties":false}""", """[{"a":1},{}]""")]
    [InlineData(
        ""","schema":{"properties":{"a":{"items":{"$ref":"#/$defs/b"}}},"$defs":{"b":{"enum":[1]}}}""",
        """[{"a":[1,2]},{"a":[1]}]"""
    )]
    [InlineData(""","schema":{"contains":{}}""", """[{"a":1},{"a":2}]""")]
    [InlineData(""","samplers":{"a":{"type":"category","weights":{"x":1,"y":1}}}""", """[{"a":"x"},{"a":"x"}]""")]
    [InlineData(""","samplers":{"a":{"type":"values","values":[1,2,3]}}""", """[{"a":1},{"a":3}]""")]
    [InlineData(""","samplers":{"a":{"type":"integer","min":1,"max":10}}""", """[{"a":4},{"a":5}]""")]
    [InlineData(""","samplers":{"a":{"type":"number","min":0,"max":1}}""", """[{"a":0.1},{"a":0.2}]""")]
    [InlineData(""","samplers":{"a":{"type":"number","min":0,"max":1}}""", """[{"a":0.125},{"a":0.75}]""")]
    [InlineData(
        ""","samplers":{"a":{"type":"number","min":0,"max":10,"mean":2,"deviation":1}}""",
        """[{"a":1},{"a":8},{"a":9}]"""
    )]
    [InlineData(
        ""","samplers":{"a":{"type":"date","min":"2024-01-01","max":"2024-01-02"}}""",
        """[{"a":"2024-01-02"},{"a":"2024-01-02"}]"""
    )]
    [InlineData(
        ""","samplers":{"a":{"type":"uuid"}}""",
        """[{"a":"x"},{"a":"382e4c44-58fa-41dd-94dd-09b9b06d89af"}]"""
    )]
    [InlineData(""","samplers":{"a":{"type":"rows","rows":[{"b":1},{"b":2}]}}""", """[{"a":{"b":1}},{"a":{"b":1}}]""")]
    [InlineData(""","samplers":{"a":{"type":"person"}}""", """[{"a":{}},{"a":{}}]""")]
    [InlineData(""","samplers":{"a":{"type":"other"}}""", """[{"a":1},{"a":2}]""")]
    [InlineData(
        ""","samplers":{"b":{"type":"values","values":["x","y"]},"a":{"type":"conditional","on":"b","cases":{"x":{"type":"integer","min":1,"max":1},"y":{"type":"integer","min":5,"max":5}}}}""",
        """[{"b":"x","a":5},{"b":"y","a":5}]"""
    )]
    [InlineData(
        ""","samplers":{"a":{"type":"values","values":["x","y"],"inRecord":false}}""",
        """[{"a":"x"},{"a":"y"}]"""
    )]
    public void What_is_broken_is_found(string members, string records)
    {
        var made = JsonElement.Parse(records).EnumerateArray().ToArray();
        var count = Math.Max(2, made.Length);

        Assert.NotEmpty(
            DefinitionPromises.Broken(
                JsonElement.Parse($$"""{"prompt":"p","count":{{count}}{{members}}}"""),
                made,
                made
            )
        );
    }

    [Fact]
    public void A_value_that_was_not_drawn_for_its_record_is_found()
    {
        JsonElement[] plan = [JsonElement.Parse("""{"a":1}"""), JsonElement.Parse("""{"a":2}""")];

        Assert.NotEmpty(
            DefinitionPromises.Broken(
                JsonElement.Parse("""{"prompt":"p","count":2,"samplers":{"a":{"type":"values","values":[1,2]}}}"""),
                [plan[1], plan[0]],
                plan
            )
        );
    }
}
