using System.Text.Json;
using DataGen.Definition.Schemas;

namespace DataGen.Tests.Definition;

/// <summary>Which schemas a server may be asked to follow strictly.</summary>
public sealed class StrictSubsetTests
{
    private const string Closed = "\"additionalProperties\":false";

    [Theory]
    [InlineData("""{"a":{"type":"string"}}""")]
    [InlineData("""{"a":{"type":["string","null"],"description":"d","pattern":"^a","format":"date"}}""")]
    [InlineData("""{"a":{"type":"integer","minimum":1,"exclusiveMaximum":9,"multipleOf":2}}""")]
    [InlineData("""{"a":{"type":"string","enum":["x","y"]},"b":{"type":"string","const":"z"}}""")]
    [InlineData("""{"a":{"type":"array","items":{"type":"number"},"minItems":1,"maxItems":3}}""")]
    [InlineData("""{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}""")]
    [InlineData("""{"a":{"$ref":"#/$defs/d"}}""")]
    [InlineData(
        """{"a":{"type":"object","properties":{"b":{"type":"string"}},"required":["b"],"additionalProperties":false}}"""
    )]
    public void What_the_subset_has_may_be_asked_for_strictly(string properties) => Assert.True(Has(properties));

    [Theory]
    [InlineData("""{"a":{"type":"string","minLength":1}}""")]
    [InlineData("""{"a":{"type":"string","format":"uri"}}""")]
    [InlineData("""{"a":{"type":"array","items":{"type":"string"},"uniqueItems":true}}""")]
    [InlineData("""{"a":{"type":"array","prefixItems":[{"type":"string"}]}}""")]
    [InlineData("""{"a":{"type":"string","default":"x"}}""")]
    [InlineData("""{"a":{"oneOf":[{"type":"string"}]}}""")]
    [InlineData("""{"a":{"allOf":[{"type":"string"}]}}""")]
    [InlineData("""{"a":{"not":{"type":"string"}}}""")]
    [InlineData("""{"a":{"enum":["x"]}}""")]
    [InlineData("""{"a":{"const":"x"}}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":true}""")]
    [InlineData("""{"a":{"$ref":"#/$defs/d","description":"more"}}""")]
    [InlineData("""{"a":{"type":"object"}}""")]
    [InlineData("""{"a":{"type":["object","null"],"properties":{"b":{"type":"string"}},"required":["b"]}}""")]
    [InlineData("""{"a":{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":false}}""")]
    [InlineData("""{"a":{"anyOf":[{"type":"string"},{"type":"string","maxLength":3}]}}""")]
    public void What_it_lacks_may_not(string properties) => Assert.False(Has(properties));

    [Fact]
    public void Its_bounds_count()
    {
        Assert.True(Has(Enum(250, length: 100)));
        Assert.False(Has(Enum(251, length: 100)));
        Assert.True(Has(Enum(1000, length: 10)));
        Assert.False(Has($$$"""{{{Enum(1000, length: 10)[..^1]}}},"b":{"type":"integer","enum":[1]}}"""));
        Assert.False(Has(Enum(250, length: 500)));

        static string Enum(int values, int length) =>
            $$$"""{"a":{"type":"string","enum":[{{{string.Join(',', Enumerable.Range(0, values).Select(number => $"\"{number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(length, 'x')}\""))}}}]}}""";
    }

    [Theory]
    [InlineData($$$"""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""")]
    [InlineData($$$"""{"type":"object","properties":{"a":{"type":"string"}},{{{Closed}}}}""")]
    [InlineData($$$"""{"type":"object","properties":{"a":{"type":"string"}},"required":["a","b"],{{{Closed}}}}""")]
    [InlineData(
        $$$"""{"type":"object","anyOf":[],"properties":{"a":{"type":"string"}},"required":["a"],{{{Closed}}}}"""
    )]
    [InlineData(
        $$$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{},{{{Closed}}}}"""
    )]
    public void The_record_itself_is_closed_and_requires_all_its_members(string schema) =>
        Assert.False(StrictSubset.Has(JsonElement.Parse(schema)));

    private static bool Has(string properties)
    {
        var required = string.Join(
            ',',
            JsonElement.Parse(properties).EnumerateObject().Select(member => $"\"{member.Name}\"")
        );
        return StrictSubset.Has(
            JsonElement.Parse(
                $$$"""{"type":"object","properties":{{{properties}}},"required":[{{{required}}}],{{{Closed}}},"$defs":{"d":{"type":"string"} } }"""
            )
        );
    }
}
