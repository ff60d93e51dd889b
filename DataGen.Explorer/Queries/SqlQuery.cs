using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Explorer.Api;
using DataGen.Explorer.Datasets;
using DuckDB.NET.Data;
using Google.Protobuf;

namespace DataGen.Explorer.Queries;

/// <summary>
/// One SELECT of a user's own. It runs in a transaction that cannot write, in a file that sees nothing outside of itself
/// (<see cref="RecordTable"/>), for a bounded time and up to a bounded answer.
/// </summary>
internal static class SqlQuery
{
    private const int LongestQuery = 10_000;
    private const int LargestAnswer = 4 << 20;

    /// <summary>Runs it.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is no such query; with DuckDB's words.</exception>
    public static QueryReply Run(
        DatasetSnapshot dataset,
        DuckDBConnection connection,
        string sql,
        int limit,
        TimeSpan longest,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(sql) || sql.Length > LongestQuery)
        {
            throw Invalid($"One SELECT of at most {LongestQuery} characters.");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(longest);
        using var memory = new MemoryWatch(ending);
        var watch = Stopwatch.StartNew();
        try
        {
            SqlGuard.Check(connection, sql);
            Execute(connection, "BEGIN TRANSACTION READ ONLY");
            var reply = Read(connection, sql, limit, ending.Token);
            reply.Milliseconds = watch.Elapsed.TotalMilliseconds;
            reply.Dataset = dataset.ToProto();
            return reply;
        }
        catch (DuckDBException exception)
        {
            throw Invalid(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Invalid(
                memory.IsExceeded
                    ? "It takes more memory than a query may."
                    : $"It takes longer than the {longest.TotalSeconds:0} seconds that a query may."
            );
        }
    }

    private static QueryReply Read(
        DuckDBConnection connection,
        string sql,
        int limit,
        CancellationToken cancellationToken
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var ending = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var reply = new QueryReply();
        reply.Columns.AddRange(
            Enumerable
                .Range(0, reader.FieldCount)
                .Select(at => new DataColumn
                {
                    Name = reader.GetName(at),
                    Type = reader.GetDataTypeName(at),
                    SqlName = reader.GetName(at),
                })
        );
        var bytes = 0L;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = Row(reader);
            bytes += row.Length;
            if (reply.Rows.Count == limit || bytes > LargestAnswer)
            {
                reply.Truncated = true;
                break;
            }

            reply.Rows.Add(row);
        }

        return reply;
    }

    private static ByteString Row(DuckDBDataReader reader)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, SqlValues.Plain))
        {
            writer.WriteStartArray();
            for (var at = 0; at < reader.FieldCount; at++)
            {
                SqlValues.Write(writer, reader.IsDBNull(at) ? null : reader.GetValue(at));
            }

            writer.WriteEndArray();
        }

        return ByteString.CopyFrom(buffer.WrittenSpan);
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Grpc.Core.RpcException Invalid(string problem) => Failures.Invalid("query", problem);
}
