using System.Buffers;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using ADRaffy.ENSNormalize;

namespace DataGen.Definition.Distinct;

/// <summary>
/// Computes the keys by which records are compared: two records agree in a set when their keys for it are equal. A key
/// is the hash (XxHash3, 64 bits) of the members' canonical form: numbers by value (<c>1.0</c> is <c>1</c>), text in
/// NFC and, unless the set is exact, trimmed and in one case; members in order of their names. Of datasets of a million
/// records, one in 37 million has two different records with the same key; one of these is then made again needlessly.
/// </summary>
public sealed class DistinctKeys
{
    /// <summary>The key of a record that lacks a member of the set: it is compared with no other, as in SQL NULL equals
    /// nothing.</summary>
    public const ulong None = 0;

    // A letter, the digits of a length, and a colon.
    private const int LongestLength = 12;

    private readonly IReadOnlyList<DistinctSet> sets;
    private readonly HashSet<string> drawn;

    // The keys of the examples in each set, and in one more set, the whole record.
    private readonly Dictionary<ulong, (int Example, DistinctSet Set)> examples = [];

    internal DistinctKeys(DatasetDefinition definition)
    {
        (sets, Near) = (definition.Unique, definition.Near);
        drawn = [.. definition.Samplers.Where(sampler => sampler.Value.InRecord).Select(sampler => sampler.Key)];
        for (var example = 0; example < definition.Examples.Count; example++)
        {
            foreach (var (key, set) in WithWhole(definition.Examples[example]))
            {
                examples.TryAdd(key, (example, set));
            }
        }

        examples.Remove(None);
    }

    /// <summary>Which example a record repeats, in a set or as a whole, as a line for the model; null: none.</summary>
    /// <param name="record">A JSON object.</param>
    public string? ExampleProblem(JsonElement record)
    {
        if (examples.Count == 0)
        {
            return null;
        }

        foreach (var (key, _) in WithWhole(record))
        {
            if (examples.TryGetValue(key, out var repeated))
            {
                return Problem(repeated.Set, $"example {repeated.Example + 1}");
            }
        }

        return null;
    }

    /// <summary>Whether records have to differ at all.</summary>
    public bool AreWanted => sets.Count > 0 || Near is not null;

    /// <summary>The member whose texts may not be nearly alike; null: none.</summary>
    public NearText? Near { get; }

    /// <summary>The problem of a record that repeats another, as a line for the model.</summary>
    /// <param name="set">The number of the set in which it repeats; the number of sets, when its text is nearly
    /// alike.</param>
    /// <param name="other">The other record: <c>record 7</c>.</param>
    public string Problem(int set, string other) =>
        set < sets.Count
            ? Problem(sets[set], other)
            : $"{Near!.Field}: nearly the same as in {other}. Write something else.";

    /// <summary>The problem of a record that repeats another, as a line for the model.</summary>
    /// <param name="set">The set in which it repeats.</param>
    /// <param name="other">The other record: <c>record 7</c>.</param>
    private static string Problem(DistinctSet set, string other) =>
        set.Members is null
            ? $"The record is the same as {other}, and no two may be. Make another one."
            : $"{set.Title}: the same as in {other}, and no two records may agree there. Take another value.";

    /// <summary>The sets, in the order of the definition.</summary>
    public IReadOnlyList<DistinctSet> Sets => sets;

    /// <summary>The keys of a record, one for each set.</summary>
    /// <param name="record">A JSON object, no member of it twice.</param>
    public ulong[] Of(JsonElement record)
    {
        var form = new ArrayBufferWriter<byte>(256);
        var keys = new ulong[sets.Count];
        for (var number = 0; number < keys.Length; number++)
        {
            keys[number] = Of(record, sets[number], number, form);
        }

        return keys;
    }

    /// <summary>The sketch of the text that may not be nearly like another record's; null: the record has no such
    /// text.</summary>
    /// <param name="record">A JSON object, no member of it twice.</param>
    public uint[]? SketchOf(JsonElement record) =>
        Near is not null
        && record.TryGetProperty(Near.Field, out var member)
        && member.ValueKind == JsonValueKind.String
        && Canonical(member.GetString()!) is { Length: > 0 } text
            ? NearText.Sketch(text)
            : null;

    private static string Canonical(string text) => Composed(text).Trim().ToUpperInvariant();

    private IEnumerable<(ulong Key, DistinctSet Set)> WithWhole(JsonElement record) =>
        sets.Append(new DistinctSet(null, Exact: false))
            .Select((set, number) => (Of(record, set, number, new ArrayBufferWriter<byte>(256)), set));

    // The canonical form is written into a shared buffer, whose previous content is overwritten.
    private ulong Of(JsonElement record, DistinctSet set, int number, ArrayBufferWriter<byte> form)
    {
        form.ResetWrittenCount();
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

        // 0 is reserved for None.
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
                Write(form, 's', exact ? Composed(value.GetString()!) : Canonical(value.GetString()!));
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

    // string.Normalize changes nothing in a process without ICU, and ours run without it.
    private static string Composed(string text) => Ascii.IsValid(text) ? text : ENSNormalize.NF.NFC(text);

    // The text is written with its length, so that no text looks like the end of one and the beginning of another.
    private static void Write(ArrayBufferWriter<byte> form, char kind, string text)
    {
        var room = form.GetSpan(LongestLength + Encoding.UTF8.GetMaxByteCount(text.Length));
        room[0] = (byte)kind;
        _ = Utf8Formatter.TryFormat(text.Length, room[1..], out var digits);
        room[1 + digits] = (byte)':';
        var bytes = Encoding.UTF8.GetBytes(text, room[(2 + digits)..]);
        form.Advance(2 + digits + bytes);
    }
}
