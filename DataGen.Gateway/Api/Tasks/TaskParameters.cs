namespace DataGen.Gateway.Api.Tasks;

/// <summary>Descriptions of the parameters that many calls share.</summary>
internal static class TaskParameters
{
    /// <summary>The description of <c>id</c>.</summary>
    public const string Id = "The task's id, as creating it or the list says.";

    /// <summary>The description of <c>owner</c>.</summary>
    public const string Owner = "Whose task: an administrator may name another user here. Left out: the caller's own.";
}
