using System.Security.Claims;
using DataGen.ServiceDefaults.Identity;
using Grpc.Core;
using TasksClient = DataGen.Tasks.V1.Tasks.TasksClient;

namespace DataGen.Gateway.Backend;

/// <summary>Calls to Tasks in a caller's name.</summary>
internal sealed class TasksBackend(TasksClient client, IdentityTokens identity)
{
    /// <summary>The longest a read may take.</summary>
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(20);

    /// <summary>The longest a write may take: a CStore node needs up to 30 s for one.</summary>
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromSeconds(60);

    /// <summary>The client; every call takes one of the options below.</summary>
    public TasksClient Client => client;

    /// <summary>Options of a call that only reads.</summary>
    public CallOptions Read(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        As(user, ReadDeadline, cancellationToken);

    /// <summary>Options of a call that returns when something has been stored.</summary>
    public CallOptions Write(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        As(user, WriteDeadline, cancellationToken);

    /// <summary>Options of a stream, which lasts as long as it lasts.</summary>
    public CallOptions Stream(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        As(user, deadline: null, cancellationToken);

    private CallOptions As(ClaimsPrincipal user, TimeSpan? deadline, CancellationToken cancellationToken) =>
        new(
            new Metadata { { "authorization", $"Bearer {identity.Issue(user.Username(), user.Role())}" } },
            DateTime.UtcNow + deadline,
            cancellationToken
        );
}
