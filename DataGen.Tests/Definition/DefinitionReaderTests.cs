using System.Text.Json;
using DataGen.Definition.Reading;

namespace DataGen.Tests.Definition;

/// <summary>What cannot be taken is named by its path.</summary>
public sealed class DefinitionReaderTests
{
    [Fact]
    public void The_prompt_of_a_definition_may_be_as_long_as_that_of_a_task() =>
        Assert.Equal(DataGen.Contracts.TaskLimits.LongestPrompt, DefinitionReader.LongestPrompt);

    [Theory]
    [InlineData("""[]""", "", "has to be a JSON object.")]
    [InlineData("""{"count":1}""", "prompt", "is required.")]
    [InlineData("""{"prompt":" ","count":1}""", "prompt", "is empty.")]
    [InlineData("""{"prompt":"p","count":1.5}""", "count", "has to be a whole number from 1 to 1000000.")]
    [InlineData(
        """{"prompt":"p","count":1,"color":1}""",
        "color",
        "is not known here; prompt, count, blocks, seed, samplers, schema, examples, unique, near, rules, budget are."
    )]
    [InlineData("""{"prompt":"p","count":1,"near":{}}""", "near.field", "is required.")]
    [InlineData(
        """{"prompt":"p","count":1,"near":{"field":"a","similarity":0.4}}""",
        "near.similarity",
        "has to be a number from 0.5 to 1."
    )]
    [InlineData("""{"prompt":"p","count":200001,"near":{"field":"a"}}""", "near", "is taken for up to 200000 records.")]
    [InlineData(
        """{"prompt":"p","count":1,"near":{"field":"a"},"samplers":{"a":{"type":"uuid"}}}""",
        "near.field",
        "names 'a', which is no member that the model writes."
    )]
    [InlineData("""{"prompt":"p","count":1,"samplers":[]}""", "samplers", "has to be a JSON object.")]
    [InlineData("""{"prompt":"{{who}}","count":1}""", "prompt", "names {{who}}, which no sampler draws.")]
    public void A_wrong_document_says_where(string document, string path, string message) =>
        Assert.Equal([(path, message)], Errors(document));

    [Theory]
    [InlineData(
        """{"type":"dice"}""",
        "samplers.s.type",
        "has to be one of category, values, integer, number, date, dateTime, uuid, person, rows, conditional."
    )]
    [InlineData("""{"min":1}""", "samplers.s.type", "is required.")]
    [InlineData("""{"type":"category"}""", "samplers.s.weights", "is required.")]
    [InlineData("""{"type":"category","weights":{}}""", "samplers.s.weights", "is empty.")]
    [InlineData(
        """{"type":"category","weights":{"a":0}}""",
        "samplers.s.weights.a",
        "has to be a number above 0, at most 1000000000."
    )]
    [InlineData(
        """{"type":"category","weights":{"a":1},"extra":2}""",
        "samplers.s.extra",
        "is not known here; type, inRecord, weights are."
    )]
    [InlineData("""{"type":"values","values":["a","a"]}""", "samplers.s.values", "names a value twice.")]
    [InlineData("""{"type":"values","values":[1,1.0]}""", "samplers.s.values", "names a value twice.")]
    [InlineData(
        """{"type":"number","min":0.001,"max":0.009,"decimals":2}""",
        "samplers.s",
        "has no number of 2 decimals from min to max."
    )]
    [InlineData(
        """{"type":"dateTime","min":"2024-03-01T00:00:00.2Z","max":"2024-03-01T00:00:00.8Z"}""",
        "samplers.s",
        "has no whole second from min to max."
    )]
    [InlineData(
        """{"type":"values","values":[null]}""",
        "samplers.s.values[0]",
        "has to be text, a number, true or false."
    )]
    [InlineData("""{"type":"integer","min":5,"max":4}""", "samplers.s.max", "is below min.")]
    [InlineData(
        """{"type":"integer","min":0,"max":9007199254740992}""",
        "samplers.s.max",
        "has to be a whole number from -9007199254740991 to 9007199254740991."
    )]
    [InlineData(
        """{"type":"number","min":0,"max":1,"mean":0}""",
        "samplers.s",
        "needs mean and deviation both, or neither."
    )]
    [InlineData(
        """{"type":"number","min":0,"max":1,"mean":0.5,"deviation":0}""",
        "samplers.s.deviation",
        "has to be above 0."
    )]
    [InlineData(
        """{"type":"number","min":0,"max":1,"mean":50,"deviation":1}""",
        "samplers.s.mean",
        "lies too far outside min and max."
    )]
    [InlineData(
        """{"type":"date","min":"2024-02-30","max":"2024-03-01"}""",
        "samplers.s.min",
        "has to be a date such as 2024-12-31."
    )]
    [InlineData(
        """{"type":"dateTime","min":"yesterday","max":"2024-03-01T00:00:00Z"}""",
        "samplers.s.min",
        "has to be a moment such as 2024-12-31T08:00:00Z."
    )]
    [InlineData(
        """{"type":"person","locale":"xx"}""",
        "samplers.s.locale",
        "is no locale that persons are known of; de, fr, en_GB and pt_BR are some."
    )]
    [InlineData("""{"type":"rows","rows":[1]}""", "samplers.s.rows[0]", "has to be a JSON object.")]
    [InlineData("""{"type":"rows"}""", "samplers.s", "has to have one of rows, csv and jsonl.")]
    [InlineData(
        """{"type":"rows","csv":"a\n1","jsonl":"{}"}""",
        "samplers.s",
        "has to have one of rows, csv and jsonl."
    )]
    [InlineData("""{"type":"rows","csv":"a,b\n"}""", "samplers.s.csv", "has 0 rows; 1 to 10000 are taken.")]
    [InlineData(
        """{"type":"rows","csv":"a,b\n1,2\n3\n"}""",
        "samplers.s.csv",
        "has 1 values in line 3; its first line has 2 names."
    )]
    [InlineData(
        """{"type":"rows","csv":"a,a\n1,2\n"}""",
        "samplers.s.csv",
        "has to begin with a line of names, none of them empty or twice."
    )]
    [InlineData(
        """{"type":"rows","jsonl":"{\"a\":1}\n\n[]\n"}""",
        "samplers.s.jsonl",
        "has no JSON object in line 3, or one that names a member twice."
    )]
    [InlineData(
        """{"type":"rows","jsonl":"{\"a\":1,\"a\":2}"}""",
        "samplers.s.jsonl",
        "has no JSON object in line 1, or one that names a member twice."
    )]
    [InlineData("""{"type":"uuid","inRecord":"yes"}""", "samplers.s.inRecord", "has to be true or false.")]
    [InlineData(
        """{"type":"conditional","on":"x","cases":{"a":{"type":"uuid"}}}""",
        "samplers.s.on",
        "has to name a sampler of type category or values; 'x' is none."
    )]
    [InlineData(
        """{"type":"conditional","on":"k","cases":{"a":{"type":"uuid"}}}""",
        "samplers.s.cases",
        "has no case for 'b'."
    )]
    [InlineData(
        """{"type":"conditional","on":"k","cases":{"a":{"type":"uuid"},"b":{"type":"uuid"},"c":{"type":"uuid"}}}""",
        "samplers.s.cases.c",
        "is no value of k."
    )]
    [InlineData(
        """{"type":"conditional","on":"k","cases":{"a":{"type":"conditional","on":"k","cases":{}},"b":{"type":"uuid"}}}""",
        "samplers.s.cases.a.type",
        "has to be one of category, values, integer, number, date, dateTime, uuid, person, rows."
    )]
    [InlineData(
        """{"type":"conditional","on":"k","cases":{"a":{"type":"uuid","inRecord":false},"b":{"type":"uuid"}}}""",
        "samplers.s.cases.a.inRecord",
        "belongs to the conditional sampler, not to one of its cases."
    )]
    public void A_wrong_sampler_says_where(string sampler, string path, string message) =>
        Assert.Equal(
            [(path, message)],
            Errors(
                $$$"""{"prompt":"p","count":1,"samplers":{"k":{"type":"category","weights":{"a":1,"b":1}},"s":{{{sampler}}}}}"""
            )
        );

    [Fact]
    public void A_name_that_no_prompt_could_name_is_refused() =>
        Assert.Equal(
            [("samplers.a b", "is no name: a letter or _, then letters, digits or _, at most 64.")],
            Errors("""{"prompt":"p","count":1,"samplers":{"a b":{"type":"uuid"}}}""")
        );

    [Theory]
    [InlineData("""{"type":"category","weights":{"X":1}}""", "samplers.s.weights", 1001, 1000)]
    [InlineData("""{"type":"values","values":["X"]}""", "samplers.s.values[0]", 1003, 1000)]
    [InlineData("""{"type":"rows","rows":[{"t":"X"}]}""", "samplers.s.rows[0]", 8009, 8000)]
    public void A_value_has_a_bound(string sampler, string path, int length, int longest)
    {
        var value = new string('x', length > 8000 ? 8001 : 1001);

        Assert.Equal(
            [(path, $"holds {length} characters in one value; {longest} are the most.")],
            Errors(
                $$$"""{"prompt":"p","count":1,"samplers":{"s":{{{sampler.Replace("X", value, StringComparison.Ordinal)}}} }}"""
            )
        );
    }

    [Fact]
    public void What_a_prompt_grows_to_with_its_values_has_a_bound() =>
        Assert.Equal(
            [("prompt", "grows to as many as 101298 characters with the longest values in it; 64000 are the most.")],
            Errors(
                JsonSerializer.Serialize(
                    new
                    {
                        prompt = string.Concat(Enumerable.Repeat("{{s}}", 100)),
                        count = 1,
                        samplers = new { s = new { type = "values", values = new[] { new string('x', 998), "y" } } },
                    }
                )
            )
        );

    private static IEnumerable<(string, string)> Errors(string document)
    {
        var (definition, errors) = DefinitionReader.Read(JsonElement.Parse(document));
        Assert.Null(definition);
        return errors.Select(error => (error.Path, error.Message));
    }
}
