using System.Buffers;
using System.Text.Json;
using DataGen.Mock.Node;

namespace DataGen.Mock.CStore;

/// <summary>The body of <c>/set</c>, <c>/hset</c> and <c>/hsync</c>:
/// <c>{"hkey":"h","key":"k","value":any,"chainstore_peers":["…"]}</c>.</summary>
internal readonly record struct WriteBody(string HashKey, string Key, byte[] Value)
{
    /// <summary>Reads the members that are asked for; the value's own bytes are kept as they came.</summary>
    public static IReadOnlyList<InputProblem> TryRead(
        ReadOnlySequence<byte> json,
        bool hashKey,
        bool keyAndValue,
        out WriteBody body
    )
    {
        string? hash = null;
        string? key = null;
        byte[]? value = null;
        var problems = new List<InputProblem>();
        body = default;
        if (json.IsEmpty)
        {
            return [InputProblem.NoBody];
        }

        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.Skip();
                reader.Read();
                return [InputProblem.BodyIsNoObject];
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (hashKey && reader.ValueTextEquals("hkey"u8))
                {
                    hash = Text(ref reader, json, "hkey", problems);
                }
                else if (keyAndValue && reader.ValueTextEquals("key"u8))
                {
                    key = Text(ref reader, json, "key", problems);
                }
                else if (keyAndValue && reader.ValueTextEquals("value"u8))
                {
                    value = Raw(ref reader, json);
                }
                else if (reader.ValueTextEquals("chainstore_peers"u8))
                {
                    reader.Read();
                    var problem = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.Null
                        ? null
                        : InputProblem.NotList("chainstore_peers", Given(ref reader, json));
                    if (problem is null)
                    {
                        reader.Skip();
                    }
                    else
                    {
                        problems.Add(problem);
                    }
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }

            reader.Read();
        }
        catch (JsonException exception)
        {
            return [InputProblem.BadJson(exception.BytePositionInLine ?? 0)];
        }

        var mistyped = problems.Select(problem => (string)problem.Location[^1]).ToHashSet();
        if (hashKey && hash is null && !mistyped.Contains("hkey"))
        {
            problems.Add(InputProblem.Missing("body", "hkey"));
        }

        if (keyAndValue && key is null && !mistyped.Contains("key"))
        {
            problems.Add(InputProblem.Missing("body", "key"));
        }

        if (keyAndValue && value is null)
        {
            problems.Add(InputProblem.Missing("body", "value"));
        }

        body = new WriteBody(hash ?? "", key ?? "", value ?? []);
        return problems;
    }

    private static string? Text(
        ref Utf8JsonReader reader,
        ReadOnlySequence<byte> json,
        string name,
        List<InputProblem> problems
    )
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString();
        }

        problems.Add(InputProblem.NotText(name, Given(ref reader, json)));
        return null;
    }

    private static byte[] Raw(ref Utf8JsonReader reader, ReadOnlySequence<byte> json)
    {
        reader.Read();
        return Slice(ref reader, json).ToArray();
    }

    private static string Given(ref Utf8JsonReader reader, ReadOnlySequence<byte> json) =>
        System.Text.Encoding.UTF8.GetString(Slice(ref reader, json).ToArray());

    private static ReadOnlySequence<byte> Slice(ref Utf8JsonReader reader, ReadOnlySequence<byte> json)
    {
        var start = reader.TokenStartIndex;
        reader.Skip();
        return json.Slice(start, reader.BytesConsumed - start);
    }
}
