namespace DataGen.Ratio1.CStore;

/// <summary>CStore as a Ratio1 node offers it: <see cref="ICStore"/> and what only a node has.</summary>
public interface ICStoreNode : ICStore
{
    /// <summary>
    /// Asks the node to pull one hash from the first peer that answers and to merge it into its own replica: the peer's
    /// fields win, even older ones,
    /// and fields only this node has stay. Meant for the start of an app on a new node, never while something writes
    /// the hash. Takes 10 s and more.
    /// </summary>
    /// <exception cref="CStoreException">No peer answered (the node says 500), or the node is older than April 2026 and
    /// has no such endpoint (404).</exception>
    Task<CStoreSync> HashSyncAsync(string hashKey, CancellationToken cancellationToken);

    /// <summary>What the node says about itself. Every part may be missing: older nodes and Ratio1's sandbox say
    /// less.</summary>
    /// <exception cref="CStoreException">The node does not answer.</exception>
    Task<CStoreStatus> GetStatusAsync(CancellationToken cancellationToken);
}
