using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DataGen.Definition.Distinct;

/// <summary>
/// A member whose texts may not be nearly alike, and the sketch by which they are compared: MinHash (Broder, "On the
/// resemblance and containment of documents", 1997) of the runs of five characters, <see cref="Bands"/> bands of
/// <see cref="Rows"/>. Texts that share 80 % of their runs have a band in common with a probability of 0.96.
/// </summary>
/// <param name="Field">The member.</param>
/// <param name="Similarity">The share of equal values of the sketch, 0.5 to 1, from which on two texts are nearly
/// alike.</param>
public sealed record NearText(string Field, double Similarity)
{
    /// <summary>Bands of a sketch.</summary>
    public const int Bands = 8;

    /// <summary>Values of a band.</summary>
    public const int Rows = 5;

    /// <summary>The most records that can be compared in this way: a sketch needs some 400 bytes of memory.</summary>
    public const int MostRecords = 200_000;

    private const int Run = 5;
    private const int MostCharacters = 16_384;

    // Any odd factor works: x → a·x + b is then a permutation of 64 bits.
    private static readonly (ulong A, ulong B)[] Permutations =
    [
        .. Enumerable.Range(1, Bands * Rows).Select(number => (Hash(number) | 1, Hash(-number))),
    ];

    /// <summary>The sketch of a text in canonical form: a value for each row of each band.</summary>
    /// <param name="text">The text: composed, in one case and without blanks around it.</param>
    internal static uint[] Sketch(string text)
    {
        var letters = text.AsSpan(0, Math.Min(text.Length, MostCharacters));
        var least = new ulong[Bands * Rows];
        Array.Fill(least, ulong.MaxValue);
        for (var start = 0; start == 0 || start + Run <= letters.Length; start++)
        {
            var run = letters.Slice(start, Math.Min(Run, letters.Length));
            var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(run));
            for (var row = 0; row < least.Length; row++)
            {
                var (a, b) = Permutations[row];
                least[row] = Math.Min(least[row], unchecked((a * hash) + b));
            }
        }

        return [.. least.Select(value => (uint)(value >> 32))];
    }

    /// <summary>The key of one band of a sketch: texts that share a band are compared.</summary>
    public static ulong Band(uint[] sketch, int band) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(sketch.AsSpan(band * Rows, Rows)), band);

    /// <summary>Whether two texts are nearly alike.</summary>
    public bool AreNear(uint[] one, uint[] other)
    {
        var equal = 0;
        for (var row = 0; row < one.Length; row++)
        {
            equal += one[row] == other[row] ? 1 : 0;
        }

        return equal >= Similarity * one.Length;
    }

    private static ulong Hash(int number) => XxHash3.HashToUInt64(BitConverter.GetBytes(number));
}
