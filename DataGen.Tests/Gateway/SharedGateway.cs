namespace DataGen.Tests.Gateway;

/// <summary>One Gateway for all rows of a table of requests that change nothing, with a user and an administrator
/// signed in.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!;

    internal HttpClient Ann { get; private set; } = null!;

    internal HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await GatewayHost.StartAsync();
        Ann = await Host.SignInAsync();
        Admin = await Host.SignInAsAdminAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Ann.Dispose();
        Admin.Dispose();
        await Host.DisposeAsync();
    }
}
