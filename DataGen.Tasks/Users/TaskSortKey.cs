namespace DataGen.Tasks.Users;

/// <summary>What a list of tasks is sorted by.</summary>
internal enum TaskSortKey
{
    CreatedAt,
    Title,
    Count,
    Failures,
}
