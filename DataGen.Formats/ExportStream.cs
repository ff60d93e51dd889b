using DataGen.Contracts;
using Google.Protobuf;
using Grpc.Core;

namespace DataGen.Formats;

/// <summary>A stream whose bytes leave as export chunks of 64 KiB; a caller that does not read makes the writer
/// wait.</summary>
public sealed class ExportStream(IServerStreamWriter<ExportChunk> chunks) : Stream
{
    private const int ChunkSize = 64 * 1024;
    private byte[] chunk = new byte[ChunkSize];
    private int filled;

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

    /// <summary>Sends the last bytes.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) =>
        filled > 0 ? SendAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush()
    {
        // Bytes leave when a chunk is full, and at the end.
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
