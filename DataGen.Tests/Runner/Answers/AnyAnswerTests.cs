using System.Text;
using System.Text.Json;
using DataGen.Runner.Generation;

namespace DataGen.Tests.Runner.Answers;

/// <summary>What holds for every record and every harmless text around it.</summary>
public sealed class AnyAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const int Answers = 2000;

    [Fact]
    public void A_record_is_read_as_it_was_written_whatever_harmless_text_is_around_it()
    {
        for (var seed = 0; seed < Answers; seed++)
        {
            var any = new AnyRecord(new Random(seed));
            var json = any.Json();
            var (text, _) = any.Around(json);

            Assert.True(Plain(json) == Read(text), $"Seed {seed}: {text}");
        }
    }

    [Fact]
    public void A_record_in_a_quote_is_read_as_one_outside_and_broken_off_it_is_none()
    {
        for (var seed = 0; seed < Answers; seed++)
        {
            var random = new Random(seed);
            var json = new AnyRecord(random).Json();
            var text = $"Sure:\n\n{Quoted(json)}\n\nLet me know!";

            Assert.True(Plain(json) == Read(text), $"Seed {seed}: {text}");
            var cut = text[..random.Next(text.Length)];
            Assert.True(Read(cut) is not { } read || read == Plain(json), $"Seed {seed}: {cut}");
            foreach (var offset in Structure(json))
            {
                var broken = Quoted(json.Remove(offset, 1));

                Assert.True(Read(broken) is null, $"Seed {seed}, without {json[offset]} at {offset}: {broken}");
            }
        }
    }

    [Fact]
    public void An_answer_cut_anywhere_is_the_whole_record_or_none()
    {
        for (var seed = 0; seed < Answers; seed++)
        {
            var random = new Random(seed);
            var any = new AnyRecord(random);
            var json = any.Json();
            var (text, start) = any.Around(json);
            for (var cut = 0; cut < 10; cut++)
            {
                var length = random.Next(text.Length);
                var read = Read(text[..length]);

                Assert.True(
                    read is null || (read == Plain(json) && length >= start + json.Length),
                    $"Seed {seed}, cut at {length}: {text[..length]}"
                );
            }
        }
    }

    [Fact]
    public void A_record_without_one_of_its_structural_characters_is_none()
    {
        for (var seed = 0; seed < Answers; seed++)
        {
            var any = new AnyRecord(new Random(seed));
            var json = any.Json();
            var (text, start) = any.Around(json);
            foreach (var offset in Structure(json))
            {
                var broken = text.Remove(start + offset, 1);

                Assert.True(Read(broken) is null, $"Seed {seed}, without {json[offset]} at {offset}: {broken}");
            }
        }
    }

    [Fact]
    public void A_record_written_in_another_notation_is_not_its_one_JSON_member()
    {
        string[][] keys =
        [
            ["full_name", "age", "address"],
            ["Name", "Age", "Address"],
            ["Full name", "Age", "Home address"],
        ];
        (string Head, Func<string, string, string> Member, string Between, string Tail)[] notations =
        [
            ("", (key, value) => $"{key}: {value}", "\n", ""),
            ("", (key, value) => $"{key}: {value}", "\n\n", ""),
            ("---\n", (key, value) => $"{key}: {value}", "\n", "\n..."),
            ("", (key, value) => $"- {key}: {value}", "\n", ""),
            ("", (key, value) => $"* **{key}:** {value}", "\n", ""),
            ("", (key, value) => $"- **{key}**: {value}", "\n", ""),
            ("", (key, value) => $"| {key} | {value} |", "\n", ""),
            ("", (key, value) => $"{key} = {value}", "\n", ""),
            ("", (key, value) => $"\"{key}\": {value}", ",\n", ""),
            ("{", (key, value) => $"{key}: {value}", ", ", "}"),
            ("{", (key, value) => $"'{key}': {value}", ", ", "}"),
            ("{", (key, value) => $"“{key}”: {value}", ", ", "}"),
            ("{", (key, value) => $"\"{key}\": {value}", " ", "}"),
            ("{", (key, value) => $"\"{key}\": {value} // {key}", ",\n", "}"),
            ("{", (key, value) => $"\"{key}\" => {value}", ", ", "}"),
            ("Customer(", (key, value) => $"{key}={value}", ", ", ")"),
            ("Customer { ", (key, value) => $"{key}: {value}", ", ", " }"),
            ("<customer>", (key, value) => $"<{key}>{value}</{key}>", "\n", "</customer>"),
            ("(", (key, value) => $"{value}", ", ", ")"),
            ("", (key, value) => value, ",", ""),
            ("", (key, value) => value, "\t", ""),
            ("", (key, value) => value, " | ", ""),
        ];
        for (var seed = 0; seed < Answers / 10; seed++)
        {
            var random = new Random(seed);
            var any = new AnyRecord(random);
            foreach (var (head, member, between, tail) in notations)
            {
                var names = keys[random.Next(keys.Length)];
                string[] members = [member(names[0], "Ann"), member(names[1], "41"), member(names[2], any.Json())];
                random.Shuffle(members);
                var (text, _) = any.Around(head + string.Join(between, members) + tail);

                Assert.True(Read(text) is null, $"Seed {seed}: {text}");
                Assert.True(Read(Quoted(text)) is null, $"Seed {seed}: {Quoted(text)}");
            }
        }
    }

    [Fact]
    public void Any_text_is_a_record_or_a_failed_attempt()
    {
        string[] pieces =
        [
            .. "{ } [ ] : , \" ' ` ``` ~~~ * - _ < > / \\ | ( ) ? ! . ： ， 👇 a Ann address 41 = → <think> </think> [THINK] <|channel|> <|message|> final analysis assistantfinal <a> </a> <answer>".Split(
                ' '
            ),
            .. (string[])
                ["\n", "\r", "\t", " ", "\v", "\uFEFF", "{\"a\":1}", "[{\"a\":1}]", "\"a\":", "1. ", "name: Ann\n"],
        ];
        for (var seed = 0; seed < 20 * Answers; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(random.GetItems(pieces, random.Next(1, 12)));

            Assert.True(Read(text) is null or { Length: > 2 }, $"Seed {seed}: {text}");
        }
    }

    /// <summary>The record without its layout, or null where the answer is refused.</summary>
    private static string? Read(string text)
    {
        try
        {
            return Plain(Encoding.UTF8.GetString(RecordReader.Read(text, Cancel)));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Quoted(string text) => $"> {text.Replace("\n", "\n> ", StringComparison.Ordinal)}";

    private static string Plain(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));

    private static IEnumerable<int> Structure(string json)
    {
        var inString = false;
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] == '\\')
            {
                at++;
            }
            else if (json[at] == '"')
            {
                inString = !inString;
                yield return at;
            }
            else if (!inString && "{}[]:,".Contains(json[at]))
            {
                yield return at;
            }
        }
    }
}
