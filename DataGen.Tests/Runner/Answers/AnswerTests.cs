using System.Text;
using System.Text.Json;
using DataGen.Runner.Generation;

namespace DataGen.Tests.Runner.Answers;

/// <summary>Answers as models give them, in <c>cases.json</c>: a name, the text, and the record or the reason.</summary>
public sealed class AnswerTests
{
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
            Plain(Encoding.UTF8.GetString(RecordReader.Read(Cases[name].Text, TestContext.Current.CancellationToken)))
        );

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_answer_that_may_be_more_or_less_than_one_object_is_refused(string name) =>
        Assert.Equal(
            Cases[name].Reason,
            Assert
                .Throws<FormatException>(() =>
                    RecordReader.Read(Cases[name].Text, TestContext.Current.CancellationToken)
                )
                .Message
        );

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
