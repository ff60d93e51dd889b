namespace DataGen.Mock.CStore;

/// <summary>Which of the two nodes a call came to. They hold the same until a write stays on one of them.</summary>
internal enum StoreNode
{
    /// <summary>The node behind the root.</summary>
    Main,

    /// <summary>The node behind <c>/replica</c>.</summary>
    Replica,
}
