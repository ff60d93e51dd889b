using System.Text;
using DataGen.Runner.Generation;

namespace DataGen.Tests.Runner;

public sealed class RecordReaderTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("\uFEFF \n{ \"b\" : 1.50 , \"a\" : [ 1e400, null ] }\n", """{"b":1.50,"a":[1e400,null]}""")]
    [InlineData("```json\n{\"a\": \"é<b>\\u00e9\\n\"}\n```", "{\"a\":\"é<b>é\\n\"}")]
    [InlineData("```\n{\"a\":1}\n```", """{"a":1}""")]
    [InlineData("Here is {name}'s record: {\"a\":{\"b\":{}}} Enjoy {it}!", """{"a":{"b":{}}}""")]
    [InlineData("""[{"a":1}]""", """{"a":1}""")]
    [InlineData("""As in [1] and ["two", 2], [sic]: {"a":[{"b":1},2]}""", """{"a":[{"b":1},2]}""")]
    [InlineData("""{"a":"a } and a {\"b\": in a string"}""", """{"a":"a } and a {\"b\": in a string"}""")]
    [InlineData("<think>maybe {\"x\":1}?</think>\n{\"a\":1}", """{"a":1}""")]
    public void One_object_is_found_and_rewritten_compactly(string text, string record) =>
        Assert.Equal(record, Encoding.UTF8.GetString(RecordReader.Read(text, TestContext.Current.CancellationToken)));

    [Theory]
    [InlineData("", "The answer holds no JSON object.")]
    [InlineData("I cannot do that.", "The answer holds no JSON object.")]
    [InlineData("[1, 2]", "The answer holds no JSON object.")]
    [InlineData("\"{\\\"a\\\":1}\"", "The answer holds no JSON object.")]
    [InlineData("{", "The answer breaks off inside its JSON object.")]
    [InlineData("""{"a":{"b":1},"c":"trunc""", "The answer breaks off inside its JSON object.")]
    [InlineData("```json\n{\"a\":[{\"b\":1}", "The answer breaks off inside its JSON object.")]
    [InlineData("""{"a":{"b":1},'c':2}""", "The answer's JSON object is malformed.")]
    [InlineData("""{"a":1,}""", "The answer's JSON object is malformed.")]
    [InlineData("""{"a":1 /* one */}""", "The answer's JSON object is malformed.")]
    [InlineData("""{"a":NaN}""", "The answer's JSON object is malformed.")]
    [InlineData("{}", "The answer's JSON object is empty.")]
    [InlineData("""{"a":1}{"a":2}""", "The answer holds more than one JSON object.")]
    [InlineData("""[{"a":1},{"a":2}]""", "The answer is a list of 2 values, not one record.")]
    [InlineData("""The record: ["Ana", 41, {"city":"Rome"}]""", "The answer is a list of 3 values, not one record.")]
    [InlineData("""[["Ana", [{"sku":"A-1"}]]]""", "The answer is a list of 2 values, not one record.")]
    [InlineData("""["Ana", {"city":"Rome"}, "tru""", "The answer breaks off inside a list.")]
    [InlineData("""["Ana", {"city":"Rome"}""", "The answer breaks off inside a list.")]
    [InlineData("""{"a":1} {"a":""", "The answer holds more than one JSON object.")]
    [InlineData(
        """{"a":1,"a":2}""",
        "The answer's JSON object is malformed, names a member twice, or is nested more than 50 levels deep."
    )]
    [InlineData(
        """{"a":{"b":1,"\u0062":2}}""",
        "The answer's JSON object is malformed, names a member twice, or is nested more than 50 levels deep."
    )]
    [InlineData("""{"a":"\ud800"}""", "The answer's JSON object holds half a surrogate pair.")]
    public void Whatever_is_not_one_whole_object_is_refused(string text, string reason) =>
        Assert.Equal(
            reason,
            Assert.Throws<FormatException>(() => RecordReader.Read(text, TestContext.Current.CancellationToken)).Message
        );

    [Fact]
    public void A_record_nested_beyond_reason_is_refused()
    {
        Assert.NotEmpty(RecordReader.Read(Nested(RecordReader.MaxDepth), TestContext.Current.CancellationToken));
        Assert.Throws<FormatException>(() =>
            RecordReader.Read(Nested(RecordReader.MaxDepth + 1), TestContext.Current.CancellationToken)
        );
        Assert.Throws<FormatException>(() => RecordReader.Read(Nested(5000), TestContext.Current.CancellationToken));

        static string Nested(int levels) =>
            string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
    }

    [Fact]
    public void A_record_larger_than_the_bound_is_refused()
    {
        var edge = RecordReader.MaxBytes - """{"a":""}""".Length;

        Assert.Equal(
            RecordReader.MaxBytes,
            RecordReader.Read($$"""{"a":"{{new string('x', edge)}}"}""", TestContext.Current.CancellationToken).Length
        );
        Assert.Throws<FormatException>(() =>
            RecordReader.Read($$"""{"a":"{{new string('x', edge + 1)}}"}""", TestContext.Current.CancellationToken)
        );
    }
}
