namespace DataGen.Runner.Grpc;

/// <summary>This Runner among its replicas.</summary>
internal sealed class RunnerInstance
{
    /// <summary>Its name, another after a restart.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString();
}
