using System.Text;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Json;

namespace DataGen.Tests.Ratio1.Json;

public sealed class JsonStringifyEncoderTests
{
    [Fact]
    public void Only_quotes_backslashes_and_control_characters_are_escaped()
    {
        var escaped = new Dictionary<int, string> { ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\" };
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (Rune.IsValid(code))
            {
                var text = char.ConvertFromUtf32(code);
                var expected = escaped.TryGetValue(code, out var escape) ? escape : code < 0x20 ? $"\\u{code:x4}" : text;
                Assert.Equal($"[\"a{expected}b\"]", JsonTree.Stringify(new JsonArray($"a{text}b")));
            }
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("[\"a\ufffdb🔒\ufffd\"]", JsonTree.Stringify(new JsonArray("a\ud800b🔒\ud83d")));

    [Fact]
    public void Of_members_with_one_name_the_last_value_stands_at_the_first_ones_place() =>
        Assert.Equal("""{"a":3,"b":[1.50,null,true,"x"]}""", JsonTree.Stringify(JsonTree.Parse("""{"a":1,"b":[1.50,null,true,"x"],"a":3}""")!));
}
