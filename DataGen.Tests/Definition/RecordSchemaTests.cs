using System.Text.Json;
using DataGen.Definition.Distinct;
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
    [InlineData("""{"type":"object","properties":{"a":{"const":1e99999999}}}""", "schema")]
    [InlineData(
        """{"type":"object","properties":{"a":{"$ref":"#/$defs/a+b"}},"$defs":{"a+b":{}}}""",
        "schema.properties.a.$ref"
    )]
    [InlineData(
        """
            {"type":"object","properties":{"a":{"$ref":"#/$defs/a b"}},
             "$defs":{"a+b":{},"a b":{"anyOf":[{"$ref":"#/$defs/a+b"}]}}}
            """,
        "schema.properties.a.$ref"
    )]
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

    /// <summary>The package takes as much stack for <c>multipleOf</c> as the exponent says: the process would
    /// end.</summary>
    [Theory]
    [InlineData("1e99999999")]
    [InlineData("1e-99999999")]
    [InlineData("1e2147483648")]
    public void A_number_that_would_end_the_process_is_a_violation(string number)
    {
        var schema = Read("""{"type":"object","properties":{"price":{"type":"number","multipleOf":0.01}}}""");

        Assert.Equal(
            [("/price", "is a number with too many digits or too large an exponent")],
            schema
                .Check(JsonElement.Parse($$"""{"price":{{number}}}"""))
                .Select(violation => (violation.Place, violation.Message))
        );
        Assert.Empty(schema.Check(JsonElement.Parse("""{"price":1e300}""")));
    }

    [Fact]
    public void A_record_that_would_take_minutes_to_check_is_a_violation()
    {
        var branches = string.Join(',', Enumerable.Range(1, 1900).Select(value => $$"""{"const":{{value}}}"""));
        var schema = Read(
            $$$"""{"type":"object","properties":{"list":{"type":"array","items":{"anyOf":[{{{branches}}}]} } } }"""
        );
        var zeros = string.Join(',', Enumerable.Repeat("0", 10_000));

        Assert.Equal(
            ["is too large to be checked"],
            schema.Check(JsonElement.Parse($$"""{"list":[{{zeros}}]}""")).Select(violation => violation.Message)
        );
    }

    /// <summary>What a valid part looks at in vain is nothing to correct.</summary>
    [Theory]
    [InlineData("""{"name":"Ana","age":141,"plan":"free"}""", "/age")]
    [InlineData("""{"name":"Ana","age":141,"plan":"pro","email":"a@b.example"}""", "/age")]
    public void Only_what_is_wrong_is_told(string record, string place) =>
        Assert.Equal([place], Read(Customer).Check(JsonElement.Parse(record)).Select(violation => violation.Place));

    [Fact]
    public void A_satisfied_not_is_not_told() =>
        Assert.Equal(
            ["/age"],
            Read(
                    """
                    {"type":"object","properties":{"age":{"type":"integer"},"not":{"type":"string"}},
                     "not":{"properties":{"status":{"const":"deleted"}},"required":["status"]},
                     "anyOf":[{"required":["x"]},{"required":["age"]}]}
                    """
                )
                .Check(JsonElement.Parse("""{"age":"old","status":"new","not":"a"}"""))
                .Select(violation => violation.Place)
        );

    [Theory]
    [InlineData("""{"maxLength":1}""", "\uD83D\uDC68\u200D\uD83D\uDC69", false)]
    [InlineData("""{"minLength":3}""", "\uD83D\uDC68\u200D\uD83D\uDC69", true)]
    [InlineData("""{"maxLength":1}""", "\uD83D\uDC68", true)]
    [InlineData("""{"maxLength":1}""", "e\u0301", false)]
    [InlineData("""{"pattern":"^[A-Z]+$"}""", "ABC", true)]
    [InlineData("""{"pattern":"^[A-Z]+$"}""", "ABC\n", false)]
    [InlineData("""{"pattern":"^\\d+$"}""", "12", true)]
    [InlineData("""{"pattern":"^\\d+$"}""", "\u0661", false)]
    [InlineData("""{"pattern":"^[\\w.]+$"}""", "a_1.b", true)]
    [InlineData("""{"pattern":"^[\\w.]+$"}""", "\u00E9", false)]
    [InlineData("""{"pattern":"^[$]\\$$"}""", "$$", true)]
    public void Text_is_read_as_the_standard_says(string keyword, string text, bool isValid) =>
        Assert.Equal(
            isValid,
            Read($$"""{"type":"object","properties":{"a":{{keyword}} } }""")
                .Check(JsonSerializer.SerializeToElement(new { a = text }))
                .Count == 0
        );

    [Theory]
    [InlineData(
        """{"plan":{"type":"category","weights":{"free":1}}}""",
        "samplers.plan",
        "is no member that the schema allows."
    )]
    [InlineData(
        """{"seats":{"type":"integer","min":1,"max":500}}""",
        "samplers.seats",
        "which the schema does not allow: 101 should be at most 100."
    )]
    [InlineData(
        """{"seats":{"type":"values","values":[1]},"name":{"type":"uuid"}}""",
        "schema",
        "leaves nothing to the model: every member of it is drawn."
    )]
    public void What_is_drawn_has_to_be_allowed(string samplers, string path, string message)
    {
        var (definition, errors) = DefinitionReader.Read(
            JsonElement.Parse(
                $$$"""
                {"prompt":"p","count":100,"samplers":{{{samplers}}},"schema":{"type":"object","additionalProperties":false,
                 "properties":{"seats":{"type":"integer","maximum":100},"name":{"type":"string"} } } }
                """
            )
        );
        Assert.Empty(errors);

        var problem = Assert.Single(DataGen.Definition.Sampling.Unkeepable(definition!, new Capacity(definition!)));

        Assert.Equal(path, problem.Path);
        Assert.Matches(message.Replace("101", "[0-9]+", StringComparison.Ordinal), problem.Message);
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
