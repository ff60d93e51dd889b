using System.Text;
using System.Text.Json.Nodes;
using DataGen.Runner.Generation;

namespace DataGen.Tests.Runner;

public sealed class RecordReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"a":"😀"}""", """{"a":"😀"}""")]
    [InlineData("""{"a":"\ud83d\uDE00\u00e9 \u0065"}""", """{"a":"😀é e"}""")]
    [InlineData("""{"a":"\\ud83d \\\\ude00"}""", """{"a":"\\ud83d \\\\ude00"}""")]
    [InlineData("""{"\u65e5\u672c":"👩\u200d👩"}""", """{"日本":"👩\u200d👩"}""")]
    [InlineData("""{"a":"\u0000\n\"\\"}""", """{"a":"\u0000\n\"\\"}""")]
    public void Characters_stand_as_they_are_unless_json_wants_them_escaped(string text, string record) =>
        Assert.Equal(
            record.Replace("\\u200d", "\u200d", StringComparison.Ordinal),
            Encoding.UTF8.GetString(RecordReader.Read(text, TestContext.Current.CancellationToken))
        );

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
    [InlineData("<s>{\"a\":1}</s>", "{\"a\":1}")]
    [InlineData("<start_of_turn>model\n{\"a\":1}<end_of_turn>", "{\"a\":1}")]
    [InlineData("<｜Assistant｜>{\"a\":1}<｜end▁of▁sentence｜>", "{\"a\":1}")]
    [InlineData("<final_answer>\n{\"a\":1}\n</final_answer>", "{\"a\":1}")]
    [InlineData("<answer type=\"json\">{\"a\":1}</answer>", "{\"a\":1}")]
    [InlineData("<|think|>Maybe {\"a\":0}<|/think|>{\"a\":1}", "{\"a\":1}")]
    [InlineData("<|inner_prefix|>x {\"a\":0}<|inner_suffix|>{\"a\":1}", "{\"a\":1}")]
    [InlineData("Thinking...\nMaybe {\"a\":0}\n...done thinking.\n\n{\"a\":1}", "{\"a\":1}")]
    [InlineData("Here is my thought process:\nMaybe {\"a\":0}\nHere is my response:\n{\"a\":1}", "{\"a\":1}")]
    [InlineData("# Record\n{\"a\":1}", "{\"a\":1}")]
    [InlineData("## Customer\n\n{\"a\":1}\n\nThat is all.", "{\"a\":1}")]
    public void One_object_is_found_and_rewritten_compactly(string text, string record) =>
        Assert.Equal(record, Encoding.UTF8.GetString(RecordReader.Read(text, Cancel)));

    [Theory]
    [InlineData("**Age:** 41")]
    [InlineData("- **Age**: 41")]
    [InlineData("- age: 41")]
    [InlineData("- Age: forty-one")]
    [InlineData("* Full name: Ana Díaz")]
    [InlineData("> **E-mail** – ana@example.com")]
    [InlineData("City: Rome")]
    [InlineData("City: New York City")]
    [InlineData("| Age | 41 |")]
    [InlineData("| Age | 41 |\n|---|---|")]
    [InlineData("address.city: Rome")]
    [InlineData("addresses[0]: Rome")]
    [InlineData("full-name: x")]
    [InlineData("- Age: **41**")]
    [InlineData("- **Age**: `41`")]
    [InlineData("**Name:** *Ana Díaz*")]
    [InlineData("- Name: **\"Ana\"**")]
    [InlineData("Age: _forty-one_")]
    [InlineData("2. Age: 41")]
    [InlineData("2) **City:** Rome")]
    [InlineData("**2.** City: Rome")]
    [InlineData("(2) City: Rome")]
    [InlineData("Age (years): 41")]
    [InlineData("- **Age (years)**: forty-one")]
    [InlineData("- **Age** (years): forty-one")]
    [InlineData("**Age** (years) – 41")]
    [InlineData("follow-up: 2026-03-01")]
    [InlineData("Follow-up: 2026-03-01")]
    [InlineData("follow-up: true")]
    [InlineData("age → 41")]
    [InlineData("age -> 41")]
    [InlineData("age - 41")]
    [InlineData("<age>41</age>")]
    [InlineData(".age = 41")]
    [InlineData("obj[\"age\"] = 41")]
    public void A_line_that_may_be_a_member_of_the_record_is_not_passed_over(string line)
    {
        Assert.Throws<FormatException>(() => RecordReader.Read($$"""{"a":1}{{"\n\n"}}{{line}}""", Cancel));
        Assert.Throws<FormatException>(() => RecordReader.Read($$"""{{line}}{{"\n\n"}}{"a":1}""", Cancel));
    }

    [Theory]
    [InlineData("Note: this is fictional.")]
    [InlineData("**Note:** fictional data")]
    [InlineData("- Note: invented")]
    [InlineData("**Format:** JSON")]
    [InlineData("Enjoy: I made this one differ from the others of the set.")]
    [InlineData("Hope this helps!")]
    [InlineData("Let me know if you need changes: more records, other names.")]
    [InlineData("The customer's city, Rome, is the capital of Italy.")]
    [InlineData("- I made the customer an adult.")]
    [InlineData("See https://example.com/a for more.")]
    [InlineData("heads-up: the names are made up.")]
    [InlineData("**Heads-up:** invented names")]
    [InlineData("follow-up: ask me for more records.")]
    [InlineData("p.s: all of it is fictional")]
    [InlineData("p.s.: invented")]
    [InlineData("1. I made the customer an adult.")]
    [InlineData("2. **Plausible values**: the city and the street belong together.")]
    [InlineData("Names (all of them): I made them up for this record.")]
    [InlineData("**Format (as asked):** JSON")]
    [InlineData("1. Note: **fictional data**")]
    public void Prose_in_lines_of_its_own_is_passed_over(string line)
    {
        Assert.Equal("""{"a":1}"""u8, RecordReader.Read($$"""{"a":1}{{"\n\n"}}{{line}}""", Cancel));
        Assert.Equal("""{"a":1}"""u8, RecordReader.Read($$"""{{line}}{{"\n\n"}}{"a":1}""", Cancel));
    }

    [Fact]
    public void A_record_that_drawn_values_completed_has_its_characters_as_they_are()
    {
        var record = new JsonObject { ["日本"] = "😀\u00a0é\"" };

        Assert.Equal("{\"日本\":\"😀\u00a0é\\\"\"}", Encoding.UTF8.GetString(RecordReader.Plain(record)));
    }

    [Theory]
    [InlineData("**Name**\nAnn\n\n**Address**\n{\"a\":1}")]
    [InlineData("Name\n----\nAnn\nAddress\n-------\n{\"a\":1}")]
    [InlineData("* Name\nAnn\n* Address\n{\"a\":1}")]
    [InlineData("a) Ann\nb) {\"a\":1}")]
    [InlineData("Name ..... Ann\nAddress ..... {\"a\":1}")]
    [InlineData("Name     Address\nAnn      {\"a\":1}")]
    [InlineData("name/Ann\naddress/{\"a\":1}")]
    [InlineData("[TOOL_CALLS][{\"name\":\"f\",\"arguments\":{}}]")]
    [InlineData("<|python_tag|>{\"name\":\"f\",\"parameters\":{}}")]
    public void An_object_that_is_one_part_of_several_is_no_record(string answer) =>
        Assert.Throws<FormatException>(() => RecordReader.Read(answer, CancellationToken.None));

    [Theory]
    [InlineData("**Customer**\n{\"a\":1}\n\n**Notes**\nAll of it is invented.")]
    [InlineData("## Customer\n{\"a\":1}\n## Explanation\nAll of it is invented.")]
    [InlineData("Here is the record:\n\n---\n{\"a\":1}\n---\n")]
    [InlineData("Here it is... {\"a\":1}")]
    [InlineData("* I made the customer an adult\n* The rest is invented\n{\"a\":1}")]
    [InlineData("{\"a\":1} <i>invented</i>")]
    public void Headings_rulers_and_bullets_of_prose_leave_a_record_one(string answer) =>
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(RecordReader.Read(answer, CancellationToken.None)));

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
    [InlineData("""{"a":1,"a":2}""", "The answer's JSON object names a member twice.")]
    [InlineData("""{"a":{"b":1,"\u0062":2}}""", "The answer's JSON object names a member twice.")]
    [InlineData("""{"a":"\ud800"}""", "The answer's JSON object holds half a surrogate pair.")]
    [InlineData(
        "<|think|>Maybe {\"a\":0} but the city is missing, so I",
        "The answer breaks off inside the model's reasoning."
    )]
    [InlineData("<|inner_prefix|>Maybe {\"a\":0} but", "The answer breaks off inside the model's reasoning.")]
    [InlineData("Thinking...\nMaybe {\"a\":0} but", "The answer breaks off inside the model's reasoning.")]
    [InlineData(
        "Here is my thought process:\n\nI could answer {\"a\":0} but",
        "The answer breaks off inside the model's reasoning."
    )]
    [InlineData(
        "## Name\nAnn Lee\n\n## Address\n{\"city\":\"Rome\"}",
        "What stands before the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "## Address\n{\"city\":\"Rome\"}\n\n## Name\nAnn Lee",
        "What stands before the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "```yaml\nfull_name: Ann\nage: 41\n```\n```json\n{\"city\":\"Rome\"}\n```",
        "What stands before the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "Full name - Ann Lee\nJob - cook\nAddress - {\"city\":\"Rome\"}",
        "What stands before the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "Full name — Ann Lee\nAddress — {\"city\":\"Rome\"}",
        "What stands before the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "[name]\nAnn Lee\n[address]\n{\"city\":\"Rome\"}",
        "What stands before the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "```json\n{\"full_name\":\"Ann\"}\n```\n\n```yaml\nage: 41\ncity: Rome\n```",
        "What stands after the answer's JSON object may be a part of it."
    )]
    [InlineData(
        "```json\n{\"full_name\":\"Ann\"}\n```\nage: 41\ncity: Rome",
        "What stands after the answer's JSON object may be a part of it."
    )]
    public void Whatever_is_not_one_whole_object_is_refused(string text, string reason) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => RecordReader.Read(text, Cancel)).Message);

    [Fact]
    public void A_record_nested_beyond_reason_is_refused()
    {
        Assert.NotEmpty(RecordReader.Read(Nested(RecordReader.MaxDepth), Cancel));
        Assert.Throws<FormatException>(() => RecordReader.Read(Nested(RecordReader.MaxDepth + 1), Cancel));
        Assert.Throws<FormatException>(() => RecordReader.Read(Nested(5000), Cancel));

        static string Nested(int levels) =>
            string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
    }

    [Fact]
    public void A_record_larger_than_the_bound_is_refused()
    {
        var edge = RecordReader.MaxBytes - """{"a":""}""".Length;

        Assert.Equal(
            RecordReader.MaxBytes,
            RecordReader.Read($$"""{"a":"{{new string('x', edge)}}"}""", Cancel).Length
        );
        Assert.Throws<FormatException>(() => RecordReader.Read($$"""{"a":"{{new string('x', edge + 1)}}"}""", Cancel));
    }
}
