namespace DataGen.Tests.Gateway;

/// <summary>Reads server-sent events as a browser does; comments and retry times are skipped.</summary>
internal sealed class SseReader(HttpResponseMessage response) : IDisposable
{
    private readonly Lazy<Task<StreamReader>> reader = new(async () =>
        new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
    );

    /// <summary>The next line as it is, or null at the end.</summary>
    public async Task<string?> NextLineAsync() =>
        await (await reader.Value)
            .ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>The next event, or null at the end.</summary>
    public async Task<SseEvent?> NextAsync()
    {
        var (type, id, data) = ("", "", "");
        while (await NextLineAsync() is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
            {
                return new SseEvent(type, id, data);
            }

            (type, id, data) = line.Split(": ", 2) switch
            {
                ["event", var value] => (value, id, data),
                ["id", var value] => (type, value, data),
                ["data", var value] => (type, id, value),
                _ => (type, id, data),
            };
        }

        return null;
    }

    public void Dispose()
    {
        if (reader is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            reader.Value.GetAwaiter().GetResult().Dispose();
        }
    }
}
