using System.Text.Json;
using DataGen.Definition.Reading;
using DataGen.Definition.Schemas;

namespace DataGen.Tests.Definition;

/// <summary>What a schema has to be, and what it says of a record.</summary>
public sealed class RecordSchemaTests
{
    private const string Customer = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "name": { "type": "string", "minLength": 1 },
            "age": { "type": "integer", "minimum": 18, "maximum": 90 },
            "email": { "type": "string", "format": "email" },
            "code": { "type": "string", "pattern": "^[A-Z]{3}-[0-9]+$" },
            "plan": { "enum": ["free", "pro"] },
            "address": { "$ref": "#/$defs/address" },
            "since": { "type": "string", "format": "date" }
          },
          "required": ["name", "age"],
          "additionalProperties": false,
          "$defs": {
            "address": { "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] }
          },
          "if": { "properties": { "plan": { "const": "pro" } }, "required": ["plan"] },
          "then": { "required": ["email"] }
        }
        """;

    [Theory]
    [InlineData("""{"name":"Ana","age":41}""", "")]
    [InlineData("""{"name":"Ana","age":41.0}""", "")]
    [InlineData("""{"name":"Ana","age":41,"address":{"city":"Rome","zip":1}}""", "")]
    [InlineData("""{"name":"Ana","age":41,"plan":"pro","email":"a@b.example"}""", "")]
    [InlineData("""{"name":"Ana","age":141}""", "/age")]
    [InlineData("""{"name":"","age":1e2}""", "/age /name")]
    [InlineData("""{"name":"Ana"}""", "")]
    [InlineData("""{"name":"Ana","age":null}""", "/age")]
    [InlineData("""{"name":"Ana","age":41,"email":"nowhere"}""", "/email")]
    [InlineData("""{"name":"Ana","age":41,"since":"2026-02-30"}""", "/since")]
    [InlineData("""{"name":"Ana","age":41,"code":"abc-1"}""", "/code")]
    [InlineData("""{"name":"Ana","age":41,"plan":"gold"}""", "/plan")]
    [InlineData("""{"name":"Ana","age":41,"address":{}}""", "/address")]
    [InlineData("""{"name":"Ana","age":41,"extra":1}""", "/extra")]
    [InlineData("""{"name":"Ana","age":41,"plan":"pro"}""", "")]
    [InlineData("""{"name":"Ana","age":1e999}""", "/age")]
    [InlineData("""{"name":"Ana","age":1e99999999999}""", "/age")]
    public void Violations_are_told_by_where_they_are(string record, string places)
    {
        var violations = Read(Customer).Check(JsonElement.Parse(record));

        Assert.Equal(
            places,
            string.Join(' ', violations.Select(each => each.Place).Where(each => each.Length > 0).Distinct().Order())
        );
        Assert.Equal(
            record
                is """{"name":"Ana","age":41}"""
                    or """{"name":"Ana","age":41.0}"""
                    or """{"name":"Ana","age":41,"address":{"city":"Rome","zip":1}}"""
                    or """{"name":"Ana","age":41,"plan":"pro","email":"a@b.example"}""",
            violations.Count == 0
        );
    }

    [Theory]
    [InlineData("[]", "schema")]
    [InlineData("""{"properties":{}}""", "schema")]
    [InlineData("""{"type":"array","properties":{}}""", "schema")]
    [InlineData("""{"type":"object"}""", "schema")]
    [InlineData("""{"type":"object","properties":{"a":{"pattern":"^(a+)+$(?=b)"}}}""", "schema.properties.a.pattern")]
    [InlineData("""{"type":"object","properties":{"a":{"pattern":"("}}}""", "schema.properties.a.pattern")]
    [InlineData("""{"type":"object","properties":{"a":{"pattern":"(a)\\1"}}}""", "schema.properties.a.pattern")]
    [InlineData(
        """{"type":"object","properties":{"a":{"$ref":"https://evil.example/s"}}}""",
        "schema.properties.a.$ref"
    )]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}}}""", "schema.properties.a.$ref")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/b"}}}""", "schema")]
    [InlineData("""{"type":"object","properties":{},"$id":"https://evil.example"}""", "schema.$id")]
    [InlineData("""{"type":"object","properties":{"a":{"$anchor":"x"}}}""", "schema.properties.a.$anchor")]
    [InlineData("""{"type":"object","properties":{},"$dynamicRef":"#x"}""", "schema.$dynamicRef")]
    [InlineData("""{"type":"object","properties":{},"patternProperties":{"(a+)+$":{}}}""", "schema.patternProperties")]
    [InlineData("""{"type":"object","properties":{},"unevaluatedProperties":false}""", "schema.unevaluatedProperties")]
    [InlineData("""{"type":"object","properties":{},"$vocabulary":{}}""", "schema.$vocabulary")]
    [InlineData(
        """{"type":"object","properties":{},"$schema":"http://json-schema.org/draft-07/schema#"}""",
        "schema.$schema"
    )]
    [InlineData("""{"type":"object","properties":{"a":{"type":"text"}}}""", "schema.properties.a.type")]
    [InlineData("""{"type":"object","properties":{"a":{"format":"regex"}}}""", "schema.properties.a.format")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":"1"}}}""", "schema.properties.a.minimum")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":1e99999999999}}}""", "schema.properties.a.minimum")]
    [InlineData("""{"type":"object","properties":{"a":{"multipleOf":0}}}""", "schema.properties.a.multipleOf")]
    [InlineData("""{"type":"object","properties":{"a":{"minLength":-1}}}""", "schema.properties.a.minLength")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[]}}}""", "schema.properties.a.enum")]
    [InlineData("""{"type":"object","properties":{"a":1}}""", "schema.properties.a")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":{}}}}""", "schema.properties.a.anyOf")]
    [InlineData("""{"type":"object","properties":{},"required":"a"}""", "schema.required")]
    [InlineData("""{"type":"object","properties":{},"dependentRequired":{"a":1}}""", "schema")]
    [InlineData("""{"type":"object","properties":{},"minProps":1}""", "schema.minProps")]
    [InlineData(
        """{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"}]}}}""",
        "schema"
    )]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","uniqueItems":"yes"}}}""", "schema")]
    public void A_schema_that_is_not_taken_is_told_by_its_path(string schema, string path)
    {
        var errors = Errors(schema);

        Assert.Contains(path, errors.Select(error => error.Path));
        Assert.All(errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Definitions_that_double_each_other_are_refused_before_they_are_expanded()
    {
        var definitions = string.Concat(
            Enumerable
                .Range(0, 8)
                .Select(n =>
                    $"\"d{n}\":{{\"allOf\":[{string.Join(',', Enumerable.Repeat($"{{\"$ref\":\"#/$defs/d{n + 1}\"}}", 20))}]}},"
                )
        );
        var schema =
            $"{{\"type\":\"object\",\"properties\":{{\"a\":{{\"$ref\":\"#/$defs/d5\"}}}},\"$defs\":{{{definitions}\"d8\":{{}}}}}}";

        var error = Assert.Single(Errors(schema));

        Assert.StartsWith("has more than 2000 subschemas", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_hangs_others_matches_in_linear_time()
    {
        var schema = Read("""{"type":"object","properties":{"a":{"pattern":"^(a+)+$"}}}""");

        // Backtracking would take 2^100,000 steps.
        Assert.Single(schema.Check(JsonElement.Parse($$"""{"a":"{{new string('a', 100_000)}}!"}""")));
    }

    [Fact]
    public void A_thousand_schemas_leave_nothing_behind_in_each_other()
    {
        foreach (var bound in Enumerable.Range(1, 1000))
        {
            var schema = Read($"{{\"type\":\"object\",\"properties\":{{\"a\":{{\"maximum\":{bound}}}}}}}");
            Assert.Empty(schema.Check(JsonElement.Parse($$"""{"a":{{bound}}}""")));
            Assert.Equal("/a", Assert.Single(schema.Check(JsonElement.Parse($$"""{"a":{{bound + 1}}}"""))).Place);
        }
    }

    private static RecordSchema Read(string schema)
    {
        var (definition, errors) = ReadDefinition(schema);
        Assert.Empty(errors);
        return definition!.Schema!;
    }

    private static IReadOnlyList<DataGen.Definition.DefinitionError> Errors(string schema)
    {
        var (definition, errors) = ReadDefinition(schema);
        Assert.Null(definition);
        return errors;
    }

    private static (
        DataGen.Definition.DatasetDefinition?,
        IReadOnlyList<DataGen.Definition.DefinitionError>
    ) ReadDefinition(string schema) =>
        DefinitionReader.Read(JsonElement.Parse($$"""{"prompt":"A customer","count":10,"schema":{{schema}}}"""));
}
