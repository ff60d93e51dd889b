using System.Text.Json.Nodes;
using DataGen.Definition;

namespace DataGen.Tests.Definition;

/// <summary>What the model is told of the values that are drawn, and what is checked in its answer.</summary>
public sealed class SamplingTests
{
    private const string Samplers = """
        {"seed":7,"samplers":{
          "plan":{"type":"values","values":["free"]},
          "seats":{"type":"integer","min":3,"max":3},
          "mood":{"type":"values","values":["angry"],"inRecord":false},
          "tone":{"type":"values","values":["short"],"inRecord":false}}}
        """;

    [Fact]
    public void The_prompt_names_what_it_names_and_a_line_tells_the_rest()
    {
        var sampling = Read("A {{mood}} review by a {{ plan }} customer");

        Assert.Equal(
            """
            A angry review by a free customer

            Use these values as they are: {"plan":"free","seats":3}

            Write it to fit these values, which are no members of it: {"tone":"short"}
            """,
            sampling.Describe("A {{mood}} review by a {{ plan }} customer", sampling.At(0)),
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public void A_value_of_several_members_stands_in_the_prompt_as_a_line_of_plain_JSON()
    {
        const string Prompt = "A review of {{product}}";
        var (sampling, errors) = Sampling.Read(
            Prompt,
            1,
            """{"samplers":{"product":{"type":"rows","rows":[{"name":"Café table","price":119}],"inRecord":false}}}"""
        );

        Assert.Empty(errors);
        Assert.Equal("""A review of {"name":"Café table","price":119}""", sampling!.Describe(Prompt, sampling.At(0)));
    }

    [Theory]
    [InlineData("""{"text":"x"}""", """{"text":"x","plan":"free","seats":3}""")]
    [InlineData("""{"plan":"free","text":"x","seats":3}""", """{"plan":"free","text":"x","seats":3}""")]
    [InlineData("""{"plan":"free","seats":3.0}""", """{"plan":"free","seats":3.0}""")]
    [InlineData("""{"plan":"pro","seats":3}""", "/plan is another value than the one that was drawn for it, \"free\".")]
    [InlineData("""{"plan":"free","seats":"3"}""", "/seats is another value than the one that was drawn for it, 3.")]
    [InlineData("""{"plan":null,"seats":3}""", "/plan is another value than the one that was drawn for it, \"free\".")]
    [InlineData(
        """{"plan":"free","seats":1e99999999999}""",
        "/seats is another value than the one that was drawn for it, 3."
    )]
    [InlineData("""{"mood":"calm","plan":"free","seats":3}""", """{"mood":"calm","plan":"free","seats":3}""")]
    public void What_is_left_out_is_written_and_what_is_changed_is_never_rewritten(string answer, string expected)
    {
        var sampling = Read("p");

        var (record, _, problem) = sampling.Complete(JsonNode.Parse(answer)!.AsObject(), sampling.At(0));

        Assert.Equal(expected, problem ?? record.ToJsonString());
    }

    private static Sampling Read(string prompt)
    {
        var (sampling, errors) = Sampling.Read(prompt, 1, Samplers);
        Assert.Empty(errors);
        return sampling!;
    }
}
