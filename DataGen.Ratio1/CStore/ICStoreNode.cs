namespace DataGen.Ratio1.CStore;

/// <summary>CStore on a Ratio1 node: <see cref="ICStore"/>, and the calls that only a node has.</summary>
public interface ICStoreNode : ICStore
{
    /// <summary>
    /// Asks the node to pull one hash from the first peer that answers and to merge it into its own replica: the peer's
    /// fields win, even older ones, and fields that only this node has stay. Meant for the start of an app on a new
    /// node, never while something writes the hash. Takes 10 s or more.
    /// </summary>
    /// <exception cref="CStoreException">No peer answered (the node says 500), or the node is older than April 2026 and
    /// has no such endpoint (404).</exception>
    Task<CStoreSync> HashSyncAsync(string hashKey, CancellationToken cancellationToken);

    /// <summary>The node's status. Every part may be missing: older nodes and Ratio1's sandbox return less.</summary>
    /// <exception cref="CStoreException">The node does not answer.</exception>
    Task<CStoreStatus> GetStatusAsync(CancellationToken cancellationToken);
}
