using System.Buffers.Binary;
using System.IO.Hashing;

namespace DataGen.Definition.Planning;

/// <summary>
/// A permutation of 0 to count - 1 that is computed rather than stored: four rounds of a Feistel network over the next
/// even number of bits, walked on until the result is below the count (Black and Rogaway, "Ciphers with arbitrary
/// finite domains", 2002).
/// </summary>
/// <param name="count">The number of elements, at least 1.</param>
/// <param name="key">Selects the permutation.</param>
internal readonly struct Permutation(long count, ulong key)
{
    private const int Rounds = 4;

    private readonly int half = Half(count);

    /// <summary>The image of <paramref name="index"/>.</summary>
    public long At(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        var value = (ulong)index;
        do
        {
            value = Encrypt(value);
        } while (value >= (ulong)count);

        return (long)value;
    }

    private ulong Encrypt(ulong value)
    {
        var mask = (1UL << half) - 1;
        var (left, right) = (value >> half, value & mask);
        Span<byte> block = stackalloc byte[12];
        for (var round = 0; round < Rounds; round++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(block, right);
            BinaryPrimitives.WriteInt32LittleEndian(block[8..], round);
            (left, right) = (right, left ^ (XxHash3.HashToUInt64(block, (long)key) & mask));
        }

        return (left << half) | right;
    }

    private static int Half(long count)
    {
        var bits = 1;
        while (bits < 31 && 1L << (2 * bits) < count)
        {
            bits++;
        }

        return bits;
    }
}
