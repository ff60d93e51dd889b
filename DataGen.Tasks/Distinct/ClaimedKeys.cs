using System.Collections;
using DataGen.Definition.Distinct;

namespace DataGen.Tasks.Distinct;

/// <summary>
/// Which record has which key. At a million records and one set some 36 MB; nothing is kept until the first claim.
/// </summary>
/// <param name="records">Records of the task.</param>
/// <param name="sets">Sets of the definition.</param>
/// <param name="near">What texts may not be nearly alike; null: any may.</param>
internal sealed class ClaimedKeys(int records, int sets, NearText? near)
{
    // The hash of a set's number is in each key: keys of different sets are not equal.
    private readonly Dictionary<ulong, int> owners = [];
    private readonly BitArray claimed = new(records);
    private readonly NearTexts? texts = near is null ? null : new NearTexts(near);
    private ulong[] keys = [];

    /// <summary>Records of the task.</summary>
    public int Records => claimed.Length;

    /// <summary>Records that have claimed their keys.</summary>
    public int Count { get; private set; }

    /// <summary>Gives a record its keys in place of those it had; or none, when one of them is another's.</summary>
    /// <returns>What it repeats, if it does.</returns>
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
