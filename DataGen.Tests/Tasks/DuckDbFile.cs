using DuckDB.NET.Data;

namespace DataGen.Tests.Tasks;

/// <summary>A Parquet file as DuckDB reads it, which shares no code with what writes ours.</summary>
internal static class DuckDbFile
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The columns as the file names them, the type that DuckDB gives each, and the rows.</summary>
    public static async Task<(string[] Names, string[] Types, object?[][] Rows)> ReadAsync(byte[] file)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, file, Cancelled);
        try
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(Cancelled);
            // The first row of the schema is its root.
            var schema = await QueryAsync(connection, $"SELECT name, type FROM parquet_schema('{path}') OFFSET 1");
            var described = await QueryAsync(connection, $"DESCRIBE SELECT * FROM read_parquet('{path}')");
            var rows = await QueryAsync(connection, $"SELECT * FROM read_parquet('{path}')");
            return (
                [.. schema.Select(column => (string)column[0]!)],
                [.. described.Select(column => (string)column[1]!)],
                rows
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<object?[][]> QueryAsync(DuckDBConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(Cancelled))
        {
            rows.Add([
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column)),
            ]);
        }

        return [.. rows];
    }
}
