namespace DataGen.Tasks.Users;

/// <summary>The sort key of a list of tasks.</summary>
internal enum TaskSortKey
{
    CreatedAt,
    Title,
    Count,
    Failures,
}
