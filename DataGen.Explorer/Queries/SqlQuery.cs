using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DuckDB.NET.Data;
using Google.Protobuf;

namespace DataGen.Explorer.Queries;

/// <summary>
/// Runs one SELECT that a user wrote, after <see cref="SqlGuard"/> has admitted it. It runs in a read-only transaction,
/// on a file that can open no other (<see cref="RecordTable"/>), for a bounded time and up to a bounded answer.
/// </summary>
internal static class SqlQuery
{
    private const int LongestQuery = 10_000;
    private const int LargestAnswer = 4 << 20;

    // Characters are not escaped here; a page that shows them escapes them.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs the query.</summary>
    /// <param name="dataset">The dataset's snapshot.</param>
    /// <param name="connection">A connection to its file, for this query alone.</param>
    /// <param name="sql">The query.</param>
    /// <param name="limit">The most rows of the answer.</param>
    /// <param name="longest">How long the query may take; zero: SQL is switched off.</param>
    /// <exception cref="Grpc.Core.RpcException">The query is not admitted or fails; the message is
    /// DuckDB's.</exception>
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
        if (longest <= TimeSpan.Zero)
        {
            throw Invalid("Questions in SQL are switched off here.");
        }

        if (string.IsNullOrWhiteSpace(sql) || sql.Length > LongestQuery)
        {
            throw Invalid($"One SELECT of at most {LongestQuery} characters.");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(longest);
        using var memory = new MemoryWatch(ending);
        var question = new Question(connection, ending.Token);
        var watch = Stopwatch.StartNew();
        try
        {
            var reply = question.Together(() => Read(question, SqlGuard.Check(question, sql), limit));
            reply.Milliseconds = watch.Elapsed.TotalMilliseconds;
            reply.Dataset = dataset.ToProto();
            return reply;
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or DuckDBException
                && ending.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw Invalid(
                memory.IsExceeded
                    ? "It takes more memory than a query may."
                    : $"It takes longer than the {longest.TotalSeconds:0} seconds that a query may."
            );
        }
        catch (DuckDBException exception)
        {
            throw Invalid(Words(exception.Message));
        }
        catch (InvalidOperationException)
        {
            // DuckDB.NET throws this when a parameter has no value.
            throw Invalid("It has a parameter, and there is no value for one.");
        }
    }

    private static QueryReply Read(Question question, string sql, int limit)
    {
        var reply = new QueryReply();
        reply.Columns.AddRange(
            question.Rows(
                $"DESCRIBE SELECT * FROM ({sql}) AS answer",
                new Parameters(),
                row => new DataColumn
                {
                    Name = row.GetString(0),
                    Type = row.GetString(1),
                    SqlName = row.GetString(0),
                }
            )
        );
        var bytes = 0L;
        // JSON values are passed through: to_json would parse their numbers and lose digits.
        var written = reply.Columns.Select(
            (column, at) => column.Type == "JSON" ? $"#{at + 1}::VARCHAR" : $"to_json(#{at + 1})::VARCHAR"
        );
        var rows = question.Rows($"SELECT {string.Join(", ", written)} FROM ({sql}) AS answer", new Parameters(), Row);
        foreach (var row in rows)
        {
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

    // The message of an internal error holds a stack trace with addresses in memory, so it is not shown.
    private static string Words(string message) =>
        message.Contains("Stack Trace", StringComparison.Ordinal)
        || message.Contains("INTERNAL", StringComparison.Ordinal)
            ? "The engine cannot answer it."
            : message;

    private static ByteString Row(DuckDBDataReader reader)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartArray();
            for (var at = 0; at < reader.FieldCount; at++)
            {
                if (reader.IsDBNull(at))
                {
                    writer.WriteNullValue();
                }
                else
                {
                    Write(writer, reader.GetString(at));
                }
            }

            writer.WriteEndArray();
        }

        return ByteString.CopyFrom(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, string json)
    {
        try
        {
            writer.WriteRawValue(json);
        }
        catch (JsonException)
        {
            // DuckDB writes NaN and Infinity, which JSON does not have.
            writer.WriteStringValue(json);
        }
    }

    private static Grpc.Core.RpcException Invalid(string problem) => CallFailures.Invalid(("query", problem));
}
