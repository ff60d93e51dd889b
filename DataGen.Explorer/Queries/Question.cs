using DuckDB.NET.Data;

namespace DataGen.Explorer.Queries;

/// <summary>Runs statements on one connection. When the caller goes away, the running statement ends.</summary>
internal sealed class Question(DuckDBConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Reads the rows of a statement one by one.</summary>
    public IEnumerable<T> Rows<T>(string sql, Parameters parameters, Func<DuckDBDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        parameters.AddTo(command);
        using var ending = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return read(reader);
        }
    }

    /// <summary>Reads the only row of a statement.</summary>
    public T Row<T>(string sql, Parameters parameters, Func<DuckDBDataReader, T> read) =>
        Rows(sql, parameters, read).First();

    /// <summary>Runs several reads on one state of the table; nothing can be written until they have ended. The
    /// transaction ends with the connection.</summary>
    public T Together<T>(Func<T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN TRANSACTION READ ONLY";
        command.ExecuteNonQuery();
        return read();
    }
}
