using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>A task that a row has asked for.</summary>
internal sealed record MadeTask(ApiClient User, string Id, int Count)
{
    public string Path => $"/api/tasks/{Id}";
}
