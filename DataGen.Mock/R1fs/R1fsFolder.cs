using DataGen.Mock.Storage;

namespace DataGen.Mock.R1fs;

/// <summary>The files, each under its id in a folder beside the database.</summary>
internal sealed class R1fsFolder
{
    private readonly string path;

    public R1fsFolder(DataFolder folder)
    {
        path = folder.Files;
        Directory.CreateDirectory(path);
    }

    /// <summary>Where a file lies.</summary>
    public string PathOf(string id) => Path.Combine(path, id);

    /// <summary>Keeps a file; it is either there whole or not at all, whenever the process ends.</summary>
    public async Task<string> AddAsync(
        R1fsContent content,
        string? secret,
        long? nonce,
        CancellationToken cancellationToken
    )
    {
        var stored = R1fsCipher.Encrypt(content, secret, nonce);
        var id = ContentId.Of(stored);
        var temporary = Path.Combine(path, $".{Guid.CreateVersion7():N}");
        try
        {
            await File.WriteAllBytesAsync(temporary, stored, cancellationToken);
            File.Move(temporary, PathOf(id), overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return id;
    }

    /// <summary>The file, or null when there is none or the secret is another.</summary>
    public async Task<R1fsContent?> FindAsync(string id, string? secret, CancellationToken cancellationToken)
    {
        if (!ContentId.IsValid(id))
        {
            return null;
        }

        try
        {
            return R1fsCipher.TryDecrypt(await File.ReadAllBytesAsync(PathOf(id), cancellationToken), secret);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes a file; false when there was none.</summary>
    public bool Delete(string id)
    {
        if (!ContentId.IsValid(id) || !File.Exists(PathOf(id)))
        {
            return false;
        }

        File.Delete(PathOf(id));
        return true;
    }
}
