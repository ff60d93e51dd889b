using DataGen.Runner.Generation;

namespace DataGen.Tests.Runner.Answers;

/// <summary>Texts that are made to take long. That the time grows with the length alone is measured by
/// <c>DataGen.Bench answers</c>.</summary>
public sealed class HostileAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const int Times = 300_000;

    [Theory]
    [InlineData("[1 ", "", "The answer holds no JSON object.")]
    [InlineData("[1 ", "{\"a\":1}", "The answer's list is malformed.")]
    [InlineData("[", "{\"a\":1}", "The answer breaks off inside a list.")]
    [InlineData("{", "", "The answer's JSON object is malformed.")]
    [InlineData("{\"a\":", "", "The answer breaks off inside its JSON object.")]
    [InlineData("<think>", "", "The answer breaks off inside the model's reasoning.")]
    [InlineData("<think>{\"a\":1}", "", "The answer breaks off inside the model's reasoning.")]
    [InlineData("</think>", "", "The answer holds nothing but the model's reasoning.")]
    [InlineData("{\"</think>", "", "The answer holds nothing but the model's reasoning.")]
    [InlineData("<|channel|>", "", "The answer breaks off inside the model's reasoning.")]
    [InlineData("\"", "", "The answer holds no JSON object.")]
    [InlineData("```json\n", "", "The answer holds no JSON object.")]
    [InlineData("> {", "", "The answer's JSON object is malformed.")]
    [InlineData("\n> {\"a\":", "", "The answer breaks off inside its JSON object.")]
    [InlineData("\n> ", "", "The answer holds no JSON object.")]
    [InlineData("<pre>", "", "The answer holds no JSON object.")]
    [InlineData("<a\n> ", "", "The answer holds no JSON object.")]
    [InlineData("{\"a\":1}", "", "The answer holds more than one JSON object.")]
    public void A_text_repeated_for_ever_is_refused(string unit, string tail, string reason)
    {
        var text = string.Concat(Enumerable.Repeat(unit, Times)) + tail;

        Assert.Equal(reason, Assert.Throws<FormatException>(() => RecordReader.Read(text, Cancel)).Message);
    }

    [Theory]
    [InlineData("_")]
    [InlineData("*")]
    [InlineData("-")]
    [InlineData("a")]
    [InlineData("a'")]
    [InlineData("a ")]
    [InlineData("a.")]
    [InlineData("A b c: d e")]
    [InlineData("**a")]
    [InlineData("* a* ")]
    [InlineData("> ")]
    [InlineData("| ")]
    [InlineData("a (b) ")]
    [InlineData("(")]
    [InlineData("A b: *")]
    [InlineData("**a** (b): _")]
    [InlineData("2. ")]
    [InlineData("2. a: \"b\"*")]
    [InlineData("> p.s: *")]
    public void Lines_that_are_nearly_a_member_of_the_record_are_passed_over_in_no_time(string unit)
    {
        var line = string.Concat(Enumerable.Repeat(unit, 198 / unit.Length)) + "!";
        var after =
            string.Concat(Enumerable.Repeat($"\n{line}", 5000)) + string.Concat(Enumerable.Repeat(unit, Times)) + "!";

        Assert.Equal("""{"a":1}"""u8, RecordReader.Read($$"""{"a":1}{{"\n\n"}}{{after}}""", Cancel));
    }

    [Fact]
    public void A_tag_torn_over_many_lines_is_looked_at_in_no_time()
    {
        var lines = new string('\n', Times);

        Assert.Equal("""{"a":1}"""u8, RecordReader.Read($$"""<a{{lines}}Here it is: {"a":1}""", Cancel));
    }

    [Theory]
    [InlineData("\n> ")]
    [InlineData("<pre>")]
    [InlineData("> ")]
    public void Marks_of_a_quote_and_tags_of_a_page_are_passed_over_in_no_time(string unit)
    {
        var before = string.Concat(Enumerable.Repeat(unit, Times));

        Assert.Equal("""{"a":1}"""u8, RecordReader.Read($$"""{{before}}{"a":1}""", Cancel));
    }

    [Theory]
    [InlineData("<think></think>{\"a\":1}")]
    [InlineData("Here it is: {\"a\":1}")]
    public void Reading_ends_with_the_attempt(string text)
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();

        Assert.Throws<OperationCanceledException>(() => RecordReader.Read(text, ended.Token));
    }

    [Fact]
    public void Half_an_emoji_is_not_replaced() =>
        Assert.Equal(
            "The answer holds half a surrogate pair.",
            Assert.Throws<FormatException>(() => RecordReader.Read("{\"a\":\"\ud83d\"}", Cancel)).Message
        );
}
