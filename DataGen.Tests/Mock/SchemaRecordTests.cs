using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Mock;

public sealed class SchemaRecordTests
{
    private const string Order = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","additionalProperties":false,
         "required":["orderId","customer","items","status","placedAt","total","paid","note"],
         "properties":{
           "orderId":{"type":"string","pattern":"^ORD-[0-9]{6}$"},
           "customer":{"$ref":"#/$defs/person"},
           "items":{"type":"array","minItems":1,"maxItems":4,"items":{"type":"object","required":["name","quantity","price"],"properties":{
              "name":{"type":"string","maxLength":20},"quantity":{"type":"integer","minimum":1,"maximum":9},"price":{"type":"number","exclusiveMinimum":0,"maximum":99.5,"multipleOf":0.5}}}},
           "status":{"enum":["new","paid","shipped"]},
           "placedAt":{"type":"string","format":"date-time"},
           "day":{"type":"string","format":"date"},
           "total":{"type":"number","minimum":0},
           "paid":{"type":"boolean"},
           "note":{"type":["string","null"],"minLength":30,"maxLength":60},
           "tags":{"type":"array","items":{"type":"string","enum":["a","b","c"]},"uniqueItems":true,"minItems":2,"maxItems":3},
           "link":{"type":"string","format":"uri"},
           "either":{"oneOf":[{"type":"integer","minimum":5,"maximum":6},{"type":"string","format":"uuid"}]},
           "merged":{"allOf":[{"type":"object","properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{"type":"string","format":"ipv4"}},"required":["b"]}]}},
         "$defs":{"person":{"type":"object","required":["name","email","age"],"properties":{"name":{"type":"string"},"email":{"type":"string","format":"email"},"age":{"type":"integer","minimum":18,"maximum":30},
            "friend":{"anyOf":[{"$ref":"#/$defs/person"},{"type":"null"}]}}}}}
        """;

    [Fact]
    public async Task Every_record_follows_the_schema()
    {
        await using var mock = await RunningMock.StartAsync();
        var schema = JsonElement.Parse(Order);
        var seen = new HashSet<string>();
        for (var i = 0; i < 60; i++)
        {
            var text = await mock.RecordAsync(
                "An online order",
                new JsonObject { ["type"] = "json_object", ["schema"] = JsonNode.Parse(Order) }
            );
            Assert.Empty(Violations(JsonElement.Parse(text), schema, schema, "$"));
            seen.Add(text);
        }

        Assert.Equal(60, seen.Count);
    }

    [Fact]
    public async Task A_record_follows_a_schema_that_stands_in_the_prompt()
    {
        await using var mock = await RunningMock.StartAsync();
        var schema = JsonElement.Parse(Order);
        var record = JsonElement.Parse(
            await mock.RecordAsync(
                $"An online order. The object must conform to this JSON schema:\n```json\n{Order}\n```\nRecord 2 of 5"
            )
        );
        Assert.Empty(Violations(record, schema, schema, "$"));
    }

    [Fact]
    public async Task Names_descriptions_and_the_prompt_fill_what_the_schema_leaves_open()
    {
        await using var mock = await RunningMock.StartAsync();
        var schema = """
            {"type":"object","required":["email","age","grade","city"],"properties":{"email":{"type":"string"},"age":{"type":"integer"},"grade":{"type":"integer","description":"between 7 and 9"},"city":{"type":"string"}}}
            """;
        for (var i = 0; i < 20; i++)
        {
            var text = await mock.RecordAsync(
                "A pupil: email at school.example, age 6-12, grade, city",
                new JsonObject { ["type"] = "json_schema", ["schema"] = JsonNode.Parse(schema) }
            );
            var record = JsonElement.Parse(text);
            Assert.EndsWith("@school.example", record.GetProperty("email").GetString(), StringComparison.Ordinal);
            Assert.InRange(record.GetProperty("age").GetInt32(), 6, 12);
            Assert.InRange(record.GetProperty("grade").GetInt32(), 7, 9);
            Assert.Matches(@"^\p{Lu}[\p{L} -]+$", record.GetProperty("city").GetString());
        }
    }

    [Theory]
    [InlineData(
        """{"type":"object","properties":{"x":{"type":"integer","minimum":3,"maximum":3}},"required":["x"]}""",
        """{"x":3}"""
    )]
    [InlineData("""{"type":"array","items":{"const":"z"},"minItems":2,"maxItems":2}""", """["z","z"]""")]
    [InlineData(
        """{"type":"object","properties":{"x":{"type":"string","pattern":"^(a|a)b{2}\\d?$","maxLength":3}},"required":["x"]}""",
        null
    )]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"#/properties/x"}},"required":["x"]}""", null)]
    [InlineData("""{"type":"object","properties":{"x":true,"y":{}},"required":["x","y"]}""", null)]
    [InlineData(
        """{"type":"object","properties":{"x":{"type":"string","pattern":"(?<=a)b"}},"required":["x"]}""",
        null
    )]
    [InlineData(
        """{"type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#"}}},"required":["kids"]}""",
        null
    )]
    public async Task Odd_schemas_get_an_answer_too(string schema, string? expected)
    {
        await using var mock = await RunningMock.StartAsync();
        var text = await mock.RecordAsync(
            "x",
            new JsonObject { ["type"] = "json_object", ["schema"] = JsonNode.Parse(schema) }
        );
        Assert.Equal(expected ?? text, JsonElement.Parse(text).GetRawText());
    }

    /// <summary>What of a value breaks a schema; written independently of what makes the values.</summary>
    private static List<string> Violations(JsonElement value, JsonElement schema, JsonElement root, string at)
    {
        var found = new List<string>();
        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                found.Add($"{at}: {rule}: {value.GetRawText()}");
            }
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Violations(
                value,
                root.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]),
                root,
                at
            );
        }

        if (schema.TryGetProperty("allOf", out var all))
        {
            found.AddRange(all.EnumerateArray().SelectMany(part => Violations(value, part, root, at)));
        }

        if (schema.TryGetProperty("oneOf", out var one))
        {
            Check(one.EnumerateArray().Count(part => Violations(value, part, root, at).Count == 0) == 1, "oneOf");
        }

        if (schema.TryGetProperty("anyOf", out var any))
        {
            Check(any.EnumerateArray().Any(part => Violations(value, part, root, at).Count == 0), "anyOf");
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            Check(JsonElement.DeepEquals(constant, value), "const");
        }

        if (schema.TryGetProperty("enum", out var allowed))
        {
            Check(allowed.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)), "enum");
        }

        if (schema.TryGetProperty("type", out var type))
        {
            var names =
                type.ValueKind is JsonValueKind.Array
                    ? type.EnumerateArray().Select(each => each.GetString()).ToArray()
                    : [type.GetString()];
            Check(names.Contains(Kind(value)) || (names.Contains("number") && Kind(value) is "integer"), "type");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                if (schema.TryGetProperty("required", out var required))
                {
                    Check(
                        required.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                        "required"
                    );
                }

                if (!schema.TryGetProperty("properties", out var properties))
                {
                    break;
                }

                foreach (var member in value.EnumerateObject())
                {
                    if (properties.TryGetProperty(member.Name, out var property))
                    {
                        found.AddRange(Violations(member.Value, property, root, $"{at}.{member.Name}"));
                    }
                    else
                    {
                        Check(
                            !schema.TryGetProperty("additionalProperties", out var more)
                                || more.ValueKind is not JsonValueKind.False,
                            $"additional {member.Name}"
                        );
                    }
                }

                break;
            case JsonValueKind.Array:
                var items = value.EnumerateArray().ToArray();
                if (schema.TryGetProperty("minItems", out var fewest))
                {
                    Check(items.Length >= fewest.GetInt32(), "minItems");
                }

                if (schema.TryGetProperty("maxItems", out var most))
                {
                    Check(items.Length <= most.GetInt32(), "maxItems");
                }

                if (schema.TryGetProperty("uniqueItems", out _))
                {
                    Check(items.Select(item => item.GetRawText()).Distinct().Count() == items.Length, "uniqueItems");
                }

                if (schema.TryGetProperty("items", out var each2))
                {
                    found.AddRange(items.SelectMany((item, i) => Violations(item, each2, root, $"{at}[{i}]")));
                }

                break;
            case JsonValueKind.String:
                var text = value.GetString()!;
                if (schema.TryGetProperty("minLength", out var shortest))
                {
                    Check(text.Length >= shortest.GetInt32(), "minLength");
                }

                if (schema.TryGetProperty("maxLength", out var longest))
                {
                    Check(text.Length <= longest.GetInt32(), "maxLength");
                }

                if (schema.TryGetProperty("pattern", out var pattern))
                {
                    Check(Regex.IsMatch(text, pattern.GetString()!), "pattern");
                }

                if (schema.TryGetProperty("format", out var format))
                {
                    Check(HasFormat(text, format.GetString()!), "format");
                }

                break;
            case JsonValueKind.Number:
                var number = value.GetDecimal();
                if (schema.TryGetProperty("minimum", out var least))
                {
                    Check(number >= least.GetDecimal(), "minimum");
                }

                if (schema.TryGetProperty("maximum", out var greatest))
                {
                    Check(number <= greatest.GetDecimal(), "maximum");
                }

                if (schema.TryGetProperty("exclusiveMinimum", out var above))
                {
                    Check(number > above.GetDecimal(), "exclusiveMinimum");
                }

                if (schema.TryGetProperty("multipleOf", out var step))
                {
                    Check(number % step.GetDecimal() == 0, "multipleOf");
                }

                break;
        }

        return found;
    }

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Null => "null",
            _ => value.GetDecimal() % 1 == 0 ? "integer" : "number",
        };

    private static bool HasFormat(string text, string format) =>
        format switch
        {
            "date-time" => DateTimeOffset.TryParseExact(
                text,
                "yyyy-MM-dd'T'HH:mm:ss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            "date" => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            "email" => Regex.IsMatch(text, @"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            "uuid" => Guid.TryParse(text, out _),
            "ipv4" => System.Net.IPAddress.TryParse(text, out var address)
                && address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork,
            _ => throw new ArgumentException($"The test does not know the format {format}."),
        };
}
