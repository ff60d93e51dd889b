using DataGen.Contracts;
using Grpc.Net.Client;

namespace DataGen.Tasks.Shards;

/// <summary>A connection to one Runner.</summary>
/// <param name="Channel">The connection itself.</param>
/// <param name="Client">The client that calls over it.</param>
/// <param name="Load">Which Runner the connection leads to, and how busy it was when asked.</param>
internal sealed record RunnerConnection(GrpcChannel Channel, RunnerClient Client, RunnerLoad Load) : IDisposable
{
    public void Dispose() => Channel.Dispose();
}
