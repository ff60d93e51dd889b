using System.Text;

namespace DataGen.Formats;

/// <summary>A member that at least one record has.</summary>
/// <param name="name">The member's name, as the records have it.</param>
public sealed class RecordColumn(string name)
{
    public string Name => name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The kinds of values that it holds in all records together.</summary>
    public ColumnKinds Kinds { get; set; }
}
