using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bogus;
using DataGen.Mock.Hosting;
using DataGen.Mock.Inference;
using DataGen.Mock.Records.Descriptions;
using DataGen.Mock.Records.Rules;
using DataGen.Mock.Records.Schemas;
using DataGen.Mock.Records.Values;
using DataGen.Mock.Settings;

namespace DataGen.Mock.Records;

/// <summary>
/// Makes the record that a prompt asks for: one that follows the schema when there is one, else one with the fields
/// that the prompt names.
/// With a seed it depends on the seed and the messages only, so a retry gets the same record, and "record 18 of 200"
/// another than "record 17 of 200".
/// </summary>
internal sealed class RecordGenerator
{
    private const int RememberedPlans = 1024;
    private static readonly DateTimeOffset SeededNow = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly ulong? seed;
    private readonly TimeProvider clock;
    private readonly ConcurrentBag<Faker> fakers = [];
    private readonly ConcurrentDictionary<string, RecordPlan> plans = new(StringComparer.Ordinal);
    private readonly ValueWriter values;
    private readonly SchemaFiller schemas;
    private long calls;

    public RecordGenerator(MockSettings settings, TimeProvider clock)
    {
        seed = settings.Seed;
        this.clock = clock;
        var rules = new RuleMemory();
        values = new ValueWriter(rules);
        schemas = new SchemaFiller(values);
    }

    /// <summary>The record, as compact JSON.</summary>
    public string Generate(IReadOnlyList<ChatMessage> messages, JsonElement? schema)
    {
        var description = string.Join(
            '\n',
            messages.Where(message => message.Role is "user").Select(message => message.Content)
        );
        var embedded = schema is null ? EmbeddedSchema.Find(messages) : null;
        using var owned = embedded;
        var shape = schema ?? embedded?.RootElement;
        var plan = Plan(description);
        var seed = Seed(messages);
        var faker = fakers.TryTake(out var rested) ? rested : new Faker("en");
        faker.Random = new Randomizer(unchecked((int)(seed ^ (seed >> 32))));
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Responses.Relaxed))
        {
            var record = new RecordContext(
                seed,
                faker,
                this.seed is null ? clock.GetUtcNow() : SeededNow,
                plan.Subject,
                plan.Topic
            );
            var fields = plan.Fields.Count > 0 ? plan.Fields : GenericFields.For(plan);
            if (shape is { } follow)
            {
                schemas.Write(json, follow, plan, record);
            }
            else if (SchemaDraft.IsAskedFor(messages))
            {
                SchemaDraft.Write(json, fields);
            }
            else
            {
                values.WriteObject(json, fields, record);
            }
        }

        fakers.Add(faker);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private RecordPlan Plan(string description)
    {
        // What differs between the records of a task must not make a plan of its own.
        var key = EmbeddedSchema.RecordNumber().Replace(description, "");
        if (plans.TryGetValue(key, out var plan))
        {
            return plan;
        }

        if (plans.Count >= RememberedPlans)
        {
            plans.Clear();
        }

        return plans[key] = DescriptionReader.Read(key);
    }

    private ulong Seed(IReadOnlyList<ChatMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(
            number,
            seed ?? (ulong)Interlocked.Increment(ref calls) ^ ((ulong)Random.Shared.NextInt64() << 1)
        );
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
