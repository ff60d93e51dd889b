using System.Text;
using System.Text.Json;
using DataGen.Definition;
using DataGen.Definition.Reading;

namespace DataGen.Tests.Definition;

/// <summary>What has to hold between members, and examples that do not come back.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("""["a","<=","b"]""", """{"a":1,"b":1.0}""", true)]
    [InlineData("""["a","<","b"]""", """{"a":1,"b":1.0}""", false)]
    [InlineData("""["a",">","b"]""", """{"a":10,"b":9}""", true)]
    [InlineData("""["a",">","b"]""", """{"a":"10","b":"9"}""", false)]
    [InlineData("""["a","<=","b"]""", """{"a":"2024-01-31","b":"2024-02-01"}""", true)]
    [InlineData("""["a","<=","b"]""", """{"a":"2024-02-01","b":"2024-01-31"}""", false)]
    [InlineData("""["a","<","b"]""", """{"a":"2024-01-01T12:00:00+02:00","b":"2024-01-01T11:00:00Z"}""", true)]
    [InlineData("""["a","=","b"]""", """{"a":"2024-01-01T12:00:00+02:00","b":"2024-01-01T10:00:00Z"}""", true)]
    [InlineData("""["a","!=","b"]""", """{"a":true,"b":true}""", false)]
    [InlineData("""["a",">=",0]""", """{"a":-1}""", false)]
    [InlineData("""["a",">=",0]""", """{"a":1e400}""", true)]
    [InlineData("""["a","=",true]""", """{"a":true}""", true)]
    [InlineData("""["a","<","b"]""", """{"a":1}""", true)]
    [InlineData("""["a","<","b"]""", """{"a":1,"b":null}""", true)]
    [InlineData("""["a","<","b"]""", """{"a":1,"b":"2"}""", false)]
    [InlineData("""["a","<","b"]""", """{"a":[1],"b":[2]}""", false)]
    public void A_rule_holds_or_not(string rule, string record, bool holds)
    {
        var (flaw, problems) = Check($$"""{"rules":[{{rule}}]}""", record);

        Assert.Equal(holds ? Flaw.None : Flaw.Rule, flaw);
        Assert.Equal(holds ? 0 : 1, problems.Count);
    }

    [Fact]
    public void A_broken_rule_is_told_with_the_values() =>
        Assert.Equal(
            ["start <= end has to hold, and \"2024-02-01\" <= \"2024-01-31\" does not."],
            Check("""{"rules":[["start","<=","end"]]}""", """{"start":"2024-02-01","end":"2024-01-31"}""").Problems
        );

    [Theory]
    [InlineData("1", "rules", "has to be a list.")]
    [InlineData("""["a"]""", "rules[0]", "has to be a list of three: a member, an operator, and a member or a number.")]
    [InlineData("""[["a","==","b"]]""", "rules[0][1]", "has to be one of = != < <= > >=.")]
    [InlineData("""[["a","=","c"]]""", "rules[0][2]", "names 'c', which is no member of the record.")]
    [InlineData("""[[1,"=","a"]]""", "rules[0][0]", "has to be the name of a member.")]
    [InlineData("""[["a","=",null]]""", "rules[0][2]", "has to be a member, a number, true or false.")]
    public void A_wrong_rule_says_where(string rules, string path, string message) =>
        Assert.Equal([(path, message)], Errors($$"""{"rules":{{rules}}}"""));

    [Fact]
    public void An_example_that_comes_back_is_a_duplicate()
    {
        const string definition = """{"examples":[{"a":"Ann","b":1}],"unique":[["a"]]}""";

        Assert.Equal(
            (Flaw.Duplicate, "a: the same as in example 1, and no two records may agree there. Take another value."),
            Only(Check(definition, """{"a":"ann ","b":2}"""))
        );
        Assert.Equal(Flaw.None, Check(definition, """{"a":"Bob","b":1}""").Kind);
        Assert.Equal(
            (Flaw.Duplicate, "The record is the same as example 1, and no two may be. Make another one."),
            Only(Check("""{"examples":[{"a":"Ann","b":1}]}""", """{"b":1.0,"a":"Ann"}"""))
        );
    }

    [Theory]
    [InlineData("[1]", "examples[0]", "has to be a JSON object.")]
    [InlineData(
        """[{"a":"x"}]""",
        "examples[0]",
        "is not valid under the schema: /a: Value is \"string\" but should be \"number\"."
    )]
    public void A_wrong_example_says_where(string examples, string path, string message) =>
        Assert.Equal([(path, message)], Errors($$"""{"examples":{{examples}}}"""));

    [Fact]
    public void The_model_is_told_rules_and_examples() =>
        Assert.Equal(
            "\n\nIn every record has to hold: a <= b; b > 0.\n\nExamples of such records, none of which may be repeated:\n{\"a\":\"Zoë\"}",
            Sampling
                .Read("p", 10, """{"rules":[["a","<=","b"],["b",">",0]],"examples":[{"a":"Zoë"}]}""")
                .Sampling!.Demands
        );

    private static (Flaw, string) Only((Flaw Kind, IReadOnlyList<string> Problems) found) =>
        (found.Kind, found.Problems.Single());

    private static (Flaw Kind, IReadOnlyList<string> Problems) Check(string definition, string record) =>
        Sampling.Read("p", 10, definition).Sampling!.Check(Encoding.UTF8.GetBytes(record));

    private static IEnumerable<(string, string)> Errors(string members) =>
        DefinitionReader
            .Read(
                JsonElement.Parse(
                    $$$"""{"prompt":"p","count":1,"schema":{"type":"object","properties":{"a":{"type":"number"},"b":{} } },{{{members[1..]}}}"""
                )
            )
            .Errors.Select(error => (error.Path, error.Message));
}
