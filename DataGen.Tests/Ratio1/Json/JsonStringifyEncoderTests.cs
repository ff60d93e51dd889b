using System.Text;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Json;

namespace DataGen.Tests.Ratio1.Json;

public sealed class JsonStringifyEncoderTests
{
    [Fact]
    public void Only_quotes_backslashes_and_control_characters_are_escaped()
    {
        var escaped = new Dictionary<int, string>
        {
            ['\b'] = "\\b",
            ['\t'] = "\\t",
            ['\n'] = "\\n",
            ['\f'] = "\\f",
            ['\r'] = "\\r",
            ['"'] = "\\\"",
            ['\\'] = "\\\\",
        };
        foreach (var block in Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Chunk(4096))
        {
            var expected = block.Select(code =>
                escaped.TryGetValue(code, out var escape) ? escape
                : code < 0x20 ? $"\\u{code:x4}"
                : char.ConvertFromUtf32(code)
            );
            var texts = block.Select(code => (JsonNode?)JsonValue.Create($"a{char.ConvertFromUtf32(code)}b"));
            Assert.Equal(
                $"[{string.Join(',', expected.Select(text => $"\"a{text}b\""))}]",
                JsonTree.Stringify(new JsonArray([.. texts]))
            );
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("[\"a\ufffdb🔒\ufffd\"]", JsonTree.Stringify(new JsonArray("a\ud800b🔒\ud83d")));

    [Fact]
    public void Of_members_with_one_name_the_last_value_stands_at_the_first_ones_place() =>
        Assert.Equal(
            """{"a":3,"b":[1.50,null,true,"x"]}""",
            JsonTree.Stringify(JsonTree.Parse("""{"a":1,"b":[1.50,null,true,"x"],"a":3}""")!)
        );
}
