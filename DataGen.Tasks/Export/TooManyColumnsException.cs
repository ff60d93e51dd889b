namespace DataGen.Tasks.Export;

/// <summary>The records have too many different members for a table.</summary>
internal sealed class TooManyColumnsException()
    : Exception(
        $"The records have more than {ExportColumns.Most} different members, too many for the columns of a table; take json or jsonl."
    );
