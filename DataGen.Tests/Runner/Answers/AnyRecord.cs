using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Runner.Answers;

/// <summary>A random record, as a model may write it, and random harmless text around it.</summary>
internal sealed class AnyRecord(Random random)
{
    private static readonly string[] Texts =
    [
        "",
        "Ann",
        "{\"b\": 1}",
        "} ] , : {",
        "say \"hi\"",
        "a \\ b",
        "two\nlines",
        "<think>",
        "</think> {\"x\":1}",
        "[THINK]x[/THINK]",
        "<|channel|>final<|message|>",
        "```json\n{}\n```",
        "// no comment /* c */",
        "'single' “curly”",
        "日本 👩‍🚀",
        "a: 1",
    ];

    private static readonly string[] Before =
    [
        "",
        "\uFEFF",
        "Here is {name}'s record (fields: name, age):\n",
        "Voici l'enregistrement « Ann » :\n\n",
        "以下是记录：",
        "As in [1] and [2]: here it is.\n",
        "<think>Maybe {\"full_name\": \"TBD\"}? [1, {</think>\n",
        "Sure. <reasoning>{\"a\":{\"b\":0}}</reasoning>",
        "[THINK]It's \"this\": {[/THINK]",
        "<|channel|>analysis<|message|>{\"a\":0}<|end|><|start|>assistant<|channel|>final<|message|>",
        "**JSON:** ",
    ];

    private static readonly string[] After =
    [
        "",
        "\n",
        "\n\nLet me know if {you} need more!",
        "\n\nNote: it's \"made up\" [1] 🎉",
        " <think>Was {\"a\":0} better?</think>",
        "<|im_end|>",
    ];

    private static readonly (string Open, string Close)[] Wraps =
    [
        ("", ""),
        ("```json\n", "\n```"),
        ("~~~\n", "\n~~~"),
        ("[", "]"),
        ("**", "**"),
        ("<pre>\n", "\n</pre>"),
    ];

    private readonly JsonSerializerOptions layout = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = random.Next(2) == 0,
    };

    /// <summary>The text of an object with at least one member; objects stand within it.</summary>
    public string Json()
    {
        var record = Object(0);
        record["nested"] = Object(2);
        record["last"] = random.Next(100);
        return record.ToJsonString(layout);
    }

    /// <summary>The whole answer, and where the record begins in it.</summary>
    public (string Text, int Start) Around(string json)
    {
        var (open, close) = Any(Wraps);
        var head = Any(Before) + open;
        return (head + json + close + Any(After), head.Length);
    }

    private JsonObject Object(int depth)
    {
        var made = new JsonObject();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            made[$"{Any(Texts)}{count}"] = Value(depth + 1);
        }

        return made;
    }

    private JsonNode? Value(int depth) =>
        random.Next(depth < 4 ? 7 : 5) switch
        {
            0 => random.Next(-9, 1000),
            1 => random.Next(2) == 0,
            2 => null,
            3 or 4 => Any(Texts),
            5 => Object(depth),
            // No two numbers side by side: without the comma between them they are another number.
            _ => new JsonArray(Any(Texts), Object(depth), Any(Texts)),
        };

    private T Any<T>(T[] values) => values[random.Next(values.Length)];
}
