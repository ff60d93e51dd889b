using DataGen.Tasks.Model;

namespace DataGen.Tasks.Users;

/// <summary>The order of a list of tasks.</summary>
/// <param name="Key">The sort key.</param>
/// <param name="IsDescending">From the highest down.</param>
[GenerateSerializer, Immutable]
internal sealed record TaskSort([property: Id(0)] TaskSortKey Key, [property: Id(1)] bool IsDescending)
{
    /// <summary>The order of a list when none is asked for.</summary>
    public static TaskSort NewestFirst { get; } = new(TaskSortKey.CreatedAt, IsDescending: true);

    /// <summary>Reads <c>title</c> or <c>-createdAt</c>; empty: newest first. Null when there is no such
    /// order.</summary>
    public static TaskSort? Parse(string text)
    {
        var isDescending = text.StartsWith('-');
        TaskSortKey? key = text.TrimStart('-') switch
        {
            "" or "createdAt" => TaskSortKey.CreatedAt,
            "title" => TaskSortKey.Title,
            "count" => TaskSortKey.Count,
            "failures" => TaskSortKey.Failures,
            _ => null,
        };
        return key is { } known && !text.StartsWith("--", StringComparison.Ordinal)
            ? new TaskSort(known, isDescending || text.Length == 0)
            : null;
    }

    /// <summary>The tasks in this order.</summary>
    /// <param name="newestFirst">The tasks, newest first; equal ones stay in this order.</param>
    public IEnumerable<TaskSnapshot> Of(IEnumerable<TaskSnapshot> newestFirst) =>
        Key switch
        {
            TaskSortKey.CreatedAt => IsDescending ? newestFirst : newestFirst.Reverse(),
            TaskSortKey.Title => Ordered(
                newestFirst,
                task => task.Definition.Title,
                StringComparer.InvariantCultureIgnoreCase
            ),
            TaskSortKey.Count => Ordered(newestFirst, task => task.Definition.Count, Comparer<int>.Default),
            _ => Ordered(newestFirst, task => task.Failures, Comparer<int>.Default),
        };

    private IEnumerable<TaskSnapshot> Ordered<T>(
        IEnumerable<TaskSnapshot> tasks,
        Func<TaskSnapshot, T> key,
        IComparer<T> comparer
    ) => IsDescending ? tasks.OrderByDescending(key, comparer) : tasks.OrderBy(key, comparer);
}
