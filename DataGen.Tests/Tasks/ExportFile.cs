using System.Diagnostics;
using System.Text;
using DataGen.Formats;

namespace DataGen.Tests.Tasks;

/// <summary>Files as the writers make them, read by programs that are not ours.</summary>
internal static class ExportFile
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<byte[]> WriteAsync(IExportWriter writer, params IEnumerable<string> records) =>
        WriteAsync(writer, () => records.ToAsyncEnumerable());

    public static async Task<byte[]> WriteAsync(IExportWriter writer, Func<IAsyncEnumerable<string>> records)
    {
        using var file = new MemoryStream();
        await writer.WriteAsync(
            () => records().Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record)),
            new ExportForwardOnlyStream(file),
            Cancelled
        );
        return file.ToArray();
    }

    /// <summary>What a program prints that gets the file's path as its last argument.</summary>
    public static async Task<string> ReadWithAsync(byte[] file, string program, params IEnumerable<string> arguments)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, file, Cancelled);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, [.. arguments, path])
                {
                    RedirectStandardOutput = true,
                    StandardOutputEncoding = Encoding.UTF8,
                }
            )!;
            var text = await process.StandardOutput.ReadToEndAsync(Cancelled);
            await process.WaitForExitAsync(Cancelled);
            Assert.Equal(0, process.ExitCode);
            return text;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
