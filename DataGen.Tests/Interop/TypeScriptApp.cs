using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Interop;

/// <summary>node/app.cjs as a process of its own: a TypeScript app with the real npm packages, one call at a
/// time.</summary>
internal sealed class TypeScriptApp : IAsyncDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process process;
    private readonly StringBuilder errors = new();

    private TypeScriptApp(Process process)
    {
        this.process = process;
        this.process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        this.process.BeginErrorReadLine();
    }

    // .../DataGen.Tests/bin/Debug/net10.0
    private static string Folder =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "Interop", "node"));

    /// <summary>Starts it with these environment variables and no others; skips the test where node or the packages are
    /// not installed.</summary>
    /// <param name="environment">The settings, as a node would inject them.</param>
    /// <param name="nativeModules">False: as on a machine for which Argon2's native module was not built.</param>
    public static TypeScriptApp Start(IEnumerable<KeyValuePair<string, string?>> environment, bool nativeModules)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Assert.SkipUnless(
            path.Split(Path.PathSeparator)
                .Any(folder =>
                    File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe"))
                ),
            "node is not installed"
        );
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "the npm packages are not installed: run 'npm ci' in DataGen.Tests/Interop/node, or eng/test.sh"
        );
        var start = new ProcessStartInfo("node", nativeModules ? ["app.cjs"] : ["app.cjs", "--without-native-modules"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            WorkingDirectory = Folder,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new TypeScriptApp(Process.Start(start)!);
    }

    /// <summary>Makes a call, <c>users.createUser</c>, <c>cstore.hget</c> or <c>r1fs.addFile</c> for instance; bytes
    /// are passed and come back as <c>{"base64":"…"}</c>.</summary>
    /// <exception cref="TypeScriptException">The package threw.</exception>
    public async Task<JsonElement> CallAsync(string call, params JsonNode?[] arguments)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        var request = new JsonObject
        {
            ["call"] = call,
            ["arguments"] = new JsonArray([.. arguments.Select(argument => argument?.DeepClone())]),
        };
        await process.StandardInput.WriteLineAsync(request.ToJsonString().AsMemory(), deadline.Token);
        await process.StandardInput.FlushAsync(deadline.Token);
        var line =
            await process.StandardOutput.ReadLineAsync(deadline.Token)
            ?? throw new InvalidOperationException($"app.cjs ended: {Errors()}");
        var answer = JsonElement.Parse(line);
        return answer.TryGetProperty("value", out var value) ? value : throw Failure(answer.GetProperty("error"));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static TypeScriptException Failure(JsonElement error) =>
        new(
            error.GetProperty("code").GetString(),
            error.GetProperty("message").GetString()!,
            error.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : null
        );

    private string Errors()
    {
        lock (errors)
        {
            return errors.ToString();
        }
    }
}
