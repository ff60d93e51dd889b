namespace DataGen.Ratio1.CStore;

/// <summary>A node's answer to <c>/get_status</c>, which only shows that the node is alive (edge_node
/// cstore_manager_api.py).</summary>
/// <param name="Message">The node's sentence, "CStore Manager API is running."; null before December 2025.</param>
/// <param name="NodeAddress">The node's Ratio1 address, <c>0xai_…</c>.</param>
/// <param name="NodeAlias">The node's name.</param>
/// <param name="Network">The EVM network, for example <c>devnet</c>.</param>
/// <param name="Version">The node's version.</param>
public sealed record CStoreStatus(
    string? Message,
    string? NodeAddress,
    string? NodeAlias,
    string? Network,
    string? Version
);
