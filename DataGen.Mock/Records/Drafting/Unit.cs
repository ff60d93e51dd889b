namespace DataGen.Mock.Records.Drafting;

/// <summary>What bounds count.</summary>
internal enum Unit
{
    /// <summary>The value itself.</summary>
    None,
    Words,
    Sentences,
    Characters,

    /// <summary>The entries of a list.</summary>
    Items,
}
