using System.Text;
using System.Text.Json;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>
/// Places the bytes of segments: in R1FS when the node has one (CStore then holds <c>{"cid":"Qm…"}</c>), else in CStore
/// itself. The form of a value shows which it is, so both kinds may occur in one task.
/// </summary>
internal sealed class SegmentFiles(IR1fs? files = null)
{
    // A node gives IPFS 90 s to find a file.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(100);

    private const string ReferenceStart = "{\"cid\":";

    /// <summary>The value that CStore is to hold for a segment; uploads the segment where there is an R1FS.</summary>
    /// <exception cref="R1fsException">R1FS did not accept it.</exception>
    public async Task<string> PlaceAsync(ShardId shard, Segment segment, CancellationToken cancellationToken)
    {
        var json = SegmentJson.Write(segment);
        if (files is null)
        {
            return Encoding.UTF8.GetString(json.Span);
        }

        using var content = new MemoryStream(json.ToArray(), writable: false);
        var cid = await files.AddFileAsync(
            content,
            new R1fsFile($"datagen-{shard.TaskId}-{CStoreKeys.Segment(shard, segment.Id)}.json"),
            cancellationToken
        );
        return JsonSerializer.Serialize(new SegmentReference(cid), StorageJsonContext.Default.SegmentReference);
    }

    /// <summary>Reads the segment that a value of CStore stands for.</summary>
    /// <exception cref="Ratio1.Ratio1Exception">R1FS does not return it, or the bytes are not a segment.</exception>
    public async Task<Segment> OpenAsync(SegmentId id, string value, CancellationToken cancellationToken)
    {
        if (!value.StartsWith(ReferenceStart, StringComparison.Ordinal))
        {
            return Read(id, Encoding.UTF8.GetBytes(value));
        }

        if (files is null)
        {
            throw new R1fsException(
                $"Segment {id} lies in R1FS, but no R1FS is configured (EE_R1FS_API_HOST).",
                isTransient: false
            );
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ReadPatience);
        try
        {
            var reference = JsonSerializer.Deserialize(value, StorageJsonContext.Default.SegmentReference)!;
            await using var content = await files.GetFileAsync(reference.Cid, secret: null, deadline.Token);
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, deadline.Token);
            return Read(id, bytes.ToArray());
        }
        catch (JsonException exception)
        {
            throw new CStoreException($"What is stored for segment {id} names no file.", isTransient: false, exception);
        }
        catch (R1fsException exception) when (exception.IsNotFound)
        {
            // The store has confirmed the segment, so the file exists; no node that holds it answered in time.
            throw new R1fsException(exception.Message, isTransient: true, innerException: exception);
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new R1fsException(
                $"R1FS broke off while segment {id} was read.",
                isTransient: true,
                innerException: exception
            );
        }
    }

    /// <summary>Deletes the files that values of CStore name; values without a file are skipped.</summary>
    /// <exception cref="R1fsException">R1FS did not delete them. The call may be repeated: a file that is already gone
    /// counts as deleted.</exception>
    public async Task RemoveAsync(IEnumerable<string> values, CancellationToken cancellationToken)
    {
        var cids = values
            .Where(value => value.StartsWith(ReferenceStart, StringComparison.Ordinal))
            .Select(Cid)
            .OfType<string>()
            .ToArray();
        if (cids.Length == 0)
        {
            return;
        }

        if (files is null)
        {
            throw new R1fsException(
                $"{cids.Length} files lie in R1FS, but no R1FS is configured (EE_R1FS_API_HOST).",
                isTransient: false
            );
        }

        // For a file that it does not have, a node says that it could not delete it.
        foreach (var cid in (await files.DeleteFilesAsync(cids, cancellationToken)).Failed)
        {
            if (await IsThereAsync(cid, cancellationToken))
            {
                throw new R1fsException("R1FS did not delete a file.", isTransient: true);
            }
        }
    }

    private async Task<bool> IsThereAsync(string cid, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ReadPatience);
        try
        {
            await (await files!.GetFileAsync(cid, secret: null, deadline.Token)).DisposeAsync();
            return true;
        }
        catch (R1fsException exception) when (exception.IsNotFound)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private static string? Cid(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, StorageJsonContext.Default.SegmentReference)?.Cid;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Segment Read(SegmentId id, byte[] json)
    {
        try
        {
            return SegmentJson.Read(id, json);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CStoreException($"What is stored for segment {id} is no segment.", isTransient: false, exception);
        }
    }
}
