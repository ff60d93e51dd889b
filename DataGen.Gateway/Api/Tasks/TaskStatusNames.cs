using DataGen.Contracts;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>The names of task statuses in the API.</summary>
internal static class TaskStatusNames
{
    private static readonly Dictionary<string, GenerationTaskStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["queued"] = GenerationTaskStatus.Queued,
        ["running"] = GenerationTaskStatus.Running,
        ["succeeded"] = GenerationTaskStatus.Succeeded,
        ["failed"] = GenerationTaskStatus.Failed,
        ["cancelled"] = GenerationTaskStatus.Cancelled,
    };

    private static readonly Dictionary<GenerationTaskStatus, string> Names = Statuses.ToDictionary(
        status => status.Value,
        status => status.Key
    );

    /// <summary>All names, for error messages.</summary>
    public static string All { get; } = string.Join(", ", Statuses.Keys);

    /// <summary>The name of a status.</summary>
    public static string NameOf(GenerationTaskStatus status) =>
        Names.TryGetValue(status, out var name)
            ? name
            : throw new InvalidOperationException($"Tasks sent the status {status}, which the API has no word for.");

    /// <summary>The status of a name; null when there is no such status.</summary>
    public static GenerationTaskStatus? Parse(string name) =>
        Statuses.TryGetValue(name, out var status) ? status : null;
}
