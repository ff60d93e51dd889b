using DataGen.Contracts;

namespace DataGen.Explorer.Datasets;

/// <summary>A column of a dataset.</summary>
/// <param name="Name">The member's name in the records.</param>
/// <param name="SqlName">Its name in the view <c>records</c>.</param>
/// <param name="Field">Its name in the table <c>stored</c>; needs no quotes.</param>
/// <param name="Type">What it holds.</param>
internal sealed record DatasetColumn(string Name, string SqlName, string Field, ColumnType Type)
{
    public DataColumn ToProto() =>
        new()
        {
            Name = Name,
            Type = Type.Name(),
            SqlName = SqlName,
        };
}
