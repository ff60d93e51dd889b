using System.Buffers;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace DataGen.Definition.Distinct;

/// <summary>
/// Computes the keys by which records are compared: two records agree in a set when their keys for it are equal. A key is
/// the hash (XxHash3, 64 bits) of the members' canonical form: numbers by value (<c>1.0</c> is <c>1</c>), text in NFC and,
/// unless the set is exact, trimmed and without case; members in order of their names. Among a million records two that
/// differ have the same key once in 37 million datasets; then one of them is made again for nothing.
/// </summary>
public sealed class DistinctKeys
{
    /// <summary>The key of a record that lacks a member of the set: it is compared with no other, as SQL compares no
    /// NULL.</summary>
    public const ulong None = 0;

    private readonly IReadOnlyList<DistinctSet> sets;
    private readonly HashSet<string> drawn;

    internal DistinctKeys(DatasetDefinition definition)
    {
        sets = definition.Unique;
        drawn = [.. definition.Samplers.Where(sampler => sampler.Value.InRecord).Select(sampler => sampler.Key)];
    }

    /// <summary>The sets, in the order of the definition.</summary>
    public IReadOnlyList<DistinctSet> Sets => sets;

    /// <summary>The keys of a record, one for each set.</summary>
    /// <param name="record">A JSON object as UTF-8, no member of it twice.</param>
    public ulong[] Of(ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        var root = document.RootElement;
        return [.. sets.Select((set, number) => Of(root, set, number))];
    }

    private ulong Of(JsonElement record, DistinctSet set, int number)
    {
        var form = new ArrayBufferWriter<byte>(256);
        if (set.Members is null)
        {
            Write(form, record.EnumerateObject().Where(member => !drawn.Contains(member.Name)), set.Exact);
        }
        else
        {
            foreach (var name in set.Members)
            {
                if (!record.TryGetProperty(name, out var value))
                {
                    return None;
                }

                Write(form, value, set.Exact);
            }
        }

        // None means something else.
        return Math.Max(1, XxHash3.HashToUInt64(form.WrittenSpan, number));
    }

    private static void Write(ArrayBufferWriter<byte> form, JsonElement value, bool exact)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Write(form, value.EnumerateObject(), exact);
                break;
            case JsonValueKind.Array:
                form.Write("["u8);
                foreach (var item in value.EnumerateArray())
                {
                    Write(form, item, exact);
                }

                form.Write("]"u8);
                break;
            case JsonValueKind.String:
                var text = value.GetString()!.Normalize();
                Write(form, 's', exact ? text : text.Trim().ToUpperInvariant());
                break;
            case JsonValueKind.Number:
                Write(form, 'n', NumberForm.Of(value.GetRawText()));
                break;
            default:
                form.Write(
                    value.ValueKind switch
                    {
                        JsonValueKind.True => "t"u8,
                        JsonValueKind.False => "f"u8,
                        _ => "0"u8,
                    }
                );
                break;
        }
    }

    private static void Write(ArrayBufferWriter<byte> form, IEnumerable<JsonProperty> members, bool exact)
    {
        form.Write("{"u8);
        foreach (var member in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            Write(form, 'm', member.Name);
            Write(form, member.Value, exact);
        }

        form.Write("}"u8);
    }

    // With its length, so that no text can look like the end of one and the begin of another.
    private static void Write(ArrayBufferWriter<byte> form, char kind, string text) =>
        Encoding.UTF8.GetBytes($"{kind}{text.Length}:{text}", form);
}
