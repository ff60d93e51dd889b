using DataGen.Contracts;
using Google.Protobuf;
using Grpc.Core;

namespace DataGen.Formats;

/// <summary>A stream that sends its bytes as export chunks of 64 KiB. A caller that does not read makes the writer
/// wait.</summary>
public sealed class ExportStream(IServerStreamWriter<ExportChunk> chunks) : Stream
{
    private const int ChunkSize = 64 * 1024;
    private byte[] chunk = new byte[ChunkSize];
    private int filled;

    /// <summary>Sends a whole file: its header, then its bytes.</summary>
    /// <param name="chunks">The stream that takes the chunks.</param>
    /// <param name="writer">The writer of the file's format.</param>
    /// <param name="title">The task's title.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="records">As for <see cref="IExportWriter.WriteAsync"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task SendAsync(
        IServerStreamWriter<ExportChunk> chunks,
        IExportWriter writer,
        string title,
        string taskId,
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(writer);
        var header = new ExportHeader
        {
            ContentType = writer.ContentType,
            FileName = ExportFormats.FileName(title, taskId, writer),
        };
        await chunks.WriteAsync(new ExportChunk { Header = header }, cancellationToken);
        await using var stream = new ExportStream(chunks);
        await writer.WriteAsync(records, stream, cancellationToken);
        if (stream.filled > 0)
        {
            await stream.SendAsync(cancellationToken);
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        while (buffer.Length > 0)
        {
            var part = Math.Min(buffer.Length, ChunkSize - filled);
            buffer[..part].CopyTo(chunk.AsMemory(filled));
            filled += part;
            buffer = buffer[part..];
            if (filled == ChunkSize)
            {
                await SendAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Bytes are sent when a chunk is full, and at the end.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Only asynchronous writing is supported.");

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var bytes = UnsafeByteOperations.UnsafeWrap(chunk.AsMemory(0, filled));
        chunk = new byte[ChunkSize];
        filled = 0;
        await chunks.WriteAsync(new ExportChunk { Data = bytes }, cancellationToken);
    }
}
