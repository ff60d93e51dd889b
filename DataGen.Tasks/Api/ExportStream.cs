using DataGen.Contracts;
using Google.Protobuf;
using Grpc.Core;

namespace DataGen.Tasks.Api;

/// <summary>A stream whose bytes leave as export chunks of 64 KiB; a caller that does not read makes the writer
/// wait.</summary>
internal sealed class ExportStream(IServerStreamWriter<ExportChunk> chunks) : Stream
{
    private const int ChunkSize = 64 * 1024;
    private byte[] buffer = new byte[ChunkSize];
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

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default
    )
    {
        while (source.Length > 0)
        {
            var part = Math.Min(source.Length, ChunkSize - filled);
            source[..part].CopyTo(buffer.AsMemory(filled));
            filled += part;
            source = source[part..];
            if (filled == ChunkSize)
            {
                await SendAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] source, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(source.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends the last bytes.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) =>
        filled > 0 ? SendAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush()
    {
        // Bytes leave when a chunk is full, and at the end.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] destination, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] source, int offset, int count) =>
        throw new NotSupportedException("Only asynchronous writing is supported.");

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var bytes = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, filled));
        buffer = new byte[ChunkSize];
        filled = 0;
        await chunks.WriteAsync(new ExportChunk { Data = bytes }, cancellationToken);
    }
}
