using DataGen.ServiceDefaults.Identity;
using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>Calls to the Runner.</summary>
public sealed class RunnerClient(CallInvoker invoker, IdentityTokens identity) : Runner.RunnerClient(invoker)
{
    /// <summary>Opens a lease in the name of a task's owner; disposing of the call ends it.</summary>
    public AsyncDuplexStreamingCall<RunRequest, RunUpdate> Run(string owner, CancellationToken cancellationToken) =>
        Run(Headers(owner), cancellationToken: cancellationToken);

    /// <summary>Asks which Runner the connection leads to and how busy it is.</summary>
    public async Task<RunnerLoad> GetLoadAsync(string owner, DateTime deadline, CancellationToken cancellationToken) =>
        await GetLoadAsync(new GetLoadRequest(), Headers(owner), deadline, cancellationToken);

    /// <summary>Asks for a draft of a definition in the name of a user.</summary>
    public async Task<DraftReply> DraftAsync(string user, string prompt, CancellationToken cancellationToken) =>
        await DraftAsync(new DraftRequest { Prompt = prompt }, Headers(user), null, cancellationToken);

    private Metadata Headers(string owner) =>
        new() { { "authorization", $"Bearer {identity.Issue(owner, "service")}" } };
}
