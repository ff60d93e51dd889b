using DataGen.Tasks.Model;

namespace DataGen.Tasks.Shards;

/// <summary>The failures of one or several shards: the first hundred by index, and the counts of all by message. Its
/// size is bounded. Not safe for concurrent use.</summary>
internal sealed class ErrorTally
{
    private readonly SortedDictionary<int, string> first = [];
    private readonly Dictionary<string, ErrorCount> counts = [];

    /// <summary>Adds a failure.</summary>
    public void Add(int index, string message)
    {
        AddFirst(index, message);
        AddCount(new ErrorCount(message, 1, index));
    }

    /// <summary>Adds the failures of another tally.</summary>
    public void Add(IEnumerable<RecordFailure> failures, IEnumerable<ErrorCount> others)
    {
        foreach (var failure in failures)
        {
            AddFirst(failure.Index, failure.Message);
        }

        foreach (var other in others)
        {
            AddCount(other);
        }
    }

    /// <summary>Forgets all failures, because the records are made again.</summary>
    public void Clear()
    {
        first.Clear();
        counts.Clear();
    }

    /// <summary>The failures with the lowest indices.</summary>
    public RecordFailure[] First() => [.. first.Select(error => new RecordFailure(error.Key, error.Value))];

    /// <summary>The counts of all failures by message, the most frequent first.</summary>
    public ErrorCount[] Counts() =>
        [.. counts.Values.OrderByDescending(count => count.Count).ThenBy(count => count.First)];

    private void AddFirst(int index, string message)
    {
        first[index] = message;
        if (first.Count > RecordFailure.ShownPerTask)
        {
            first.Remove(first.Keys.Last());
        }
    }

    private void AddCount(ErrorCount added)
    {
        var message =
            counts.ContainsKey(added.Message) || counts.Count < ErrorCount.MostKinds ? added.Message : ErrorCount.Other;
        counts[message] = counts.TryGetValue(message, out var known)
            ? known with
            {
                Count = known.Count + added.Count,
                First = Math.Min(known.First, added.First),
            }
            : added with
            {
                Message = message,
            };
    }
}
