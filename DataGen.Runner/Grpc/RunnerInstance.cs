namespace DataGen.Runner.Grpc;

/// <summary>Identifies this Runner among its replicas.</summary>
internal sealed class RunnerInstance
{
    /// <summary>The Runner's name; a different one after a restart.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString();
}
