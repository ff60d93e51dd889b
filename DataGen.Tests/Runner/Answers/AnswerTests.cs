using System.Text;
using System.Text.Json;
using DataGen.Runner.Generation;

namespace DataGen.Tests.Runner.Answers;

/// <summary>Answers as models give them, in <c>cases.json</c>: a name, the text, and the record or the
/// reason.</summary>
public sealed class AnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, AnswerCase> Cases = Load();

    public static TheoryData<string> Taken =>
        [.. Cases.Values.Where(each => each.Record is not null).Select(each => each.Name)];

    public static TheoryData<string> Refused =>
        [.. Cases.Values.Where(each => each.Reason is not null).Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Taken))]
    public void An_object_is_taken_when_nothing_around_it_can_belong_to_it(string name) =>
        Assert.Equal(
            Plain(Cases[name].Record!),
            Plain(Encoding.UTF8.GetString(RecordReader.Read(Cases[name].Text, Cancel)))
        );

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_answer_that_may_be_more_or_less_than_one_object_is_refused(string name) =>
        Assert.Equal(
            Cases[name].Reason,
            Assert.Throws<FormatException>(() => RecordReader.Read(Cases[name].Text, Cancel)).Message
        );

    [Theory]
    [InlineData("Sure!\n\n", "")]
    [InlineData("", "\n\nLet me know if {you} need more.")]
    [InlineData("```\n", "\n```")]
    [InlineData("<think>Maybe {\"a\":0}?</think>\n", "")]
    [InlineData("Here is the record:\n```json\n", "\n```\nNote: all of it is made up.")]
    public void What_is_refused_is_refused_in_harmless_surroundings(string before, string after) =>
        Assert.All(
            Cases.Values.Where(each => each.Reason is not null),
            each => Assert.Throws<FormatException>(() => RecordReader.Read(before + each.Text + after, Cancel))
        );

    [Fact]
    public void Harmless_text_before_and_harmless_text_after_do_not_disturb_each_other()
    {
        const string record = """{"full_name":"Ann","age":41}""";
        var taken = Cases.Values.Where(each => each.Record == record).ToArray();
        var befores = taken.Where(each => each.Text.EndsWith(record, StringComparison.Ordinal)).ToArray();
        var afters = taken.Where(each => each.Text.StartsWith(record, StringComparison.Ordinal)).ToArray();

        Assert.All(
            befores.SelectMany(_ => afters, (before, after) => (before, after)),
            pair =>
                Assert.Equal(
                    record,
                    Encoding.UTF8.GetString(
                        RecordReader.Read(pair.before.Text + pair.after.Text[record.Length..], Cancel)
                    )
                )
        );
    }

    // How a character is escaped does not matter here; the order of members and the digits of numbers do.
    private static string Plain(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));

    private static Dictionary<string, AnswerCase> Load()
    {
        using var file = typeof(AnswerTests).Assembly.GetManifestResourceStream("Runner/Answers/cases.json");
        return JsonSerializer
            .Deserialize<AnswerCase[]>(file!, JsonSerializerOptions.Web)!
            .ToDictionary(each => each.Name);
    }
}
