using Grpc.Core;

namespace DataGen.Contracts;

/// <summary>Calls to Explorer as the caller of the current request.
/// <see cref="CallerClientExtensions.AddExplorerClient"/> gives every call the caller's identity token and a
/// deadline.</summary>
public sealed class ExplorerClient(CallInvoker invoker) : Explorer.ExplorerClient(invoker);
