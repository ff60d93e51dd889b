using System.Collections.Concurrent;

namespace DataGen.Mock.Records.Rules;

/// <summary>Remembers which rule belongs to which words; it forgets everything when too many were asked for.</summary>
internal sealed class RuleMemory
{
    private const int Remembered = 4096;
    private readonly ConcurrentDictionary<string, FieldRule?> known = new(StringComparer.Ordinal);

    public FieldRule? Find(string words)
    {
        if (known.TryGetValue(words, out var rule))
        {
            return rule;
        }

        if (known.Count >= Remembered)
        {
            known.Clear();
        }

        return known[words] = FieldRules.Find(words);
    }
}
