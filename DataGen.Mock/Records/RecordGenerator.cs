using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataGen.Mock.Hosting;
using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Schemas;
using DataGen.Mock.Records.Values;
using DataGen.Mock.Settings;

namespace DataGen.Mock.Records;

/// <summary>
/// Makes the record that a prompt asks for. It follows the schema of the request, else the one that stands in the
/// prompt, else one drafted from the description. With a seed it depends on the seed and the messages only, so a retry
/// gets the same record, and "record 18 of 200" another than "record 17 of 200".
/// </summary>
internal sealed class RecordGenerator(MockSettings settings, TimeProvider clock)
{
    /// <summary>The name of a schema that asks for a draft: a schema and samplers of the record described.</summary>
    private const string DraftName = "dataset_schema";
    private const int RememberedPlans = 1024;
    private static readonly DateTimeOffset SeededNow = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentBag<Fakers> idle = [];
    private readonly ConcurrentDictionary<string, RecordPlan> plans = new(StringComparer.Ordinal);

    /// <summary>The record, as compact JSON.</summary>
    public string Generate(CompletionRequest request, Mistakes mistakes = Mistakes.None)
    {
        // A correction asks for the same record as the conversation before it.
        var asked = request.IsCorrection ? BeforeCorrections(request.Messages) : request.Messages;
        (asked, var given) = GivenValues.Of(asked);
        var isDraft = request.SchemaName is DraftName;
        var schema = isDraft || mistakes.HasFlag(Mistakes.IgnoresSchema) ? null : request.Schema;
        var (plan, number) = Plan(asked, schema, isDraft);
        var messages = request.IsCorrection ? request.Messages : asked;
        var fakers = idle.TryTake(out var rested) ? rested : new Fakers(settings.Seed is not null);
        var seed = Seed(messages);
        fakers.Restart(new Draw(~seed));
        var now = settings.Seed is null ? clock.GetUtcNow() : SeededNow;
        var value = plan.Make(new RecordContext(seed, fakers, now, plan.Draft, plan.Places, number));
        idle.Add(fakers);
        var first = plan.FirstOr(value);
        value = mistakes.HasFlag(Mistakes.CopiesFirst) ? first : value;
        if (mistakes.HasFlag(Mistakes.WrongType))
        {
            value = GivenValues.WithWrongType(value);
        }

        if (mistakes.HasFlag(Mistakes.ChangesGivenValue))
        {
            given = GivenValues.Changed(given);
        }

        var record = GivenValues.Into(value, given);
        return Encoding.UTF8.GetString(Responses.Json(json => Write(json, record)).Span);
    }

    private static IReadOnlyList<ChatMessage> BeforeCorrections(IReadOnlyList<ChatMessage> messages) =>
        messages is [_, .., { Role: "assistant" }, { Role: "user" }]
            ? BeforeCorrections([.. messages.SkipLast(2)])
            : messages;

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case Members members:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            case List<object?> list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} is no value of a record.", nameof(value));
        }
    }

    /// <summary>The plan for a prompt, and the number of the record, which is no part of it.</summary>
    private (RecordPlan Plan, long? Number) Plan(IReadOnlyList<ChatMessage> messages, JsonElement? schema, bool isDraft)
    {
        long? number = null;
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            var content = message.Content;
            if (message.Role is "user" && EmbeddedSchema.RecordNumber().Match(content) is { Success: true } match)
            {
                number = long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                text.Append(content, 0, match.Index).Append(content.AsSpan(match.Index + match.Length));
            }
            else
            {
                text.Append(content);
            }

            text.Append('\0').Append(message.Role).Append('\0');
        }

        if (isDraft)
        {
            text.Append(DraftName);
        }
        else if (schema is { } given)
        {
            text.Append(given.GetRawText());
        }

        var key = text.ToString();
        if (plans.TryGetValue(key, out var plan))
        {
            return (plan, number);
        }

        if (plans.Count >= RememberedPlans)
        {
            plans.Clear();
        }

        return (plans[key] = MakePlan(messages, schema, isDraft), number);
    }

    private static RecordPlan MakePlan(IReadOnlyList<ChatMessage> messages, JsonElement? schema, bool isDraft)
    {
        var description = string.Join(
            '\n',
            messages.Where(message => message.Role is "user").Select(message => Demands.Without(message.Content))
        );
        var draft = DescriptionReader.Read(description);
        var sources = new FieldSources(draft);
        var compiler = new SchemaCompiler(draft, sources);
        if (isDraft)
        {
            var proposal = new SchemaDraft(sources).WriteProposal(draft.Fields);
            return new RecordPlan(draft, compiler.Places, _ => proposal);
        }

        var follow = schema?.Clone() ?? EmbeddedSchema.Find(messages.Select(message => message.Content));
        if (follow is null && SchemaDraft.IsAskedFor(messages.Select(message => message.Content)))
        {
            var drafted = new SchemaDraft(sources).Write(draft.Fields);
            return new RecordPlan(draft, compiler.Places, _ => drafted);
        }

        var make = compiler.Compile(follow ?? new SchemaDraft(sources).Write(draft.Fields));
        return new RecordPlan(draft, compiler.Places, make);
    }

    private ulong Seed(IReadOnlyList<ChatMessage> messages)
    {
        if (settings.Seed is not { } given)
        {
            return (ulong)Random.Shared.NextInt64();
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, given);
        hash.AppendData(number);
        foreach (var message in messages)
        {
            hash.AppendData(MemoryMarshal.AsBytes(message.Role.AsSpan()));
            hash.AppendData("\0"u8);
            hash.AppendData(MemoryMarshal.AsBytes(message.Content.AsSpan()));
            hash.AppendData("\0"u8);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
