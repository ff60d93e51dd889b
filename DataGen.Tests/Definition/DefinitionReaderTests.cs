using System.Text.Json;
using DataGen.Definition.Reading;

namespace DataGen.Tests.Definition;

/// <summary>What cannot be taken is named by its path.</summary>
public sealed class DefinitionReaderTests
{
    [Theory]
    [InlineData("""[]""", "", "has to be a JSON object.")]
    [InlineData("""{"count":1}""", "prompt", "is required.")]
    [InlineData("""{"prompt":" ","count":1}""", "prompt", "is empty.")]
    [InlineData("""{"prompt":"p","count":1.5}""", "count", "has to be a whole number from 1 to 1000000.")]
    [InlineData(
        """{"prompt":"p","count":1,"color":1}""",
        "color",
        "is not known here; prompt, count, seed, samplers, schema, examples, unique, near, rules, budget are."
    )]
    [InlineData("""{"prompt":"p","count":1,"unique":true}""", "unique", "is not taken by this version.")]
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

    private static IEnumerable<(string, string)> Errors(string document)
    {
        var (definition, errors) = DefinitionReader.Read(JsonElement.Parse(document));
        Assert.Null(definition);
        return errors.Select(error => (error.Path, error.Message));
    }
}
