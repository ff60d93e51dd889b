using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "uuid"}</c>: a UUID of version 4 for each record.</summary>
public sealed record UuidSampler : Sampler
{
    internal override JsonNode Draw(in Place place)
    {
        Span<byte> seed = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, place.Chance);
        BinaryPrimitives.WriteInt64LittleEndian(seed[8..], place.Rank);
        var bytes = XxHash128.Hash(seed);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return JsonValue.Create(new Guid(bytes, bigEndian: true).ToString());
    }
}
