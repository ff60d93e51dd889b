namespace DataGen.Formats;

/// <summary>The records have too many different members for a table.</summary>
public sealed class TooManyColumnsException()
    : Exception(
        $"The records have more than {RecordColumns.Most} different members, too many for the columns of a table; take json or jsonl."
    );
