using System.Collections;
using DataGen.Definition.Distinct;

namespace DataGen.Tasks.Distinct;

/// <summary>
/// Remembers which record has which key. A million records with one set take some 36 MB; nothing is allocated before
/// the first claim.
/// </summary>
/// <param name="records">Records of the task.</param>
/// <param name="sets">Sets of the definition.</param>
/// <param name="near">When two texts are nearly alike; null: texts are not compared.</param>
internal sealed class ClaimedKeys(int records, int sets, NearText? near)
{
    // The number of a key's set is hashed into the key, so keys of different sets never match.
    private readonly Dictionary<ulong, int> owners = [];
    private readonly BitArray claimed = new(records);
    private readonly NearTexts? texts = near is null ? null : new NearTexts(near);
    private ulong[] keys = [];

    /// <summary>Records of the task.</summary>
    public int Records => claimed.Length;

    /// <summary>Records that have claimed their keys.</summary>
    public int Count { get; private set; }

    /// <summary>Gives a record its new keys in place of its old ones; gives it none when another record has one of
    /// them.</summary>
    /// <returns>The record that it repeats, if any.</returns>
    public Repeat? Claim(in Claim claim)
    {
        Release(claim.Index);
        for (var set = 0; set < sets; set++)
        {
            if (claim.Keys[set] != 0 && owners.TryGetValue(claim.Keys[set], out var owner))
            {
                return new Repeat(claim.Index, set, owner);
            }
        }

        if (claim.Sketch is { } sketch && texts?.Find(sketch) is { } alike)
        {
            return new Repeat(claim.Index, sets, alike, IsNear: true);
        }

        texts?.Add(claim.Index, claim.Sketch);
        keys = keys.Length > 0 ? keys : new ulong[(long)records * sets];
        for (var set = 0; set < sets; set++)
        {
            keys[((long)claim.Index * sets) + set] = claim.Keys[set];
            if (claim.Keys[set] != 0)
            {
                owners[claim.Keys[set]] = claim.Index;
            }
        }

        claimed[claim.Index] = true;
        Count++;
        return null;
    }

    private void Release(int index)
    {
        if (!claimed[index])
        {
            return;
        }

        foreach (var key in keys.AsSpan((int)((long)index * sets), sets))
        {
            owners.Remove(key);
        }

        texts?.Remove(index);
        claimed[index] = false;
        Count--;
    }
}
