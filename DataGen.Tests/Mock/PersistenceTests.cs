using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataGen.Mock.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Mock;

public sealed class PersistenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("datagen-mock-test-").FullName;

    [Fact]
    public async Task A_restart_keeps_values_files_and_what_the_replica_missed()
    {
        string cid;
        await using (var mock = await RunningMock.StartAsync(("MOCK_DATA_DIR", folder)))
        {
            await mock.PostAsync("/hset", """{"hkey":"h","key":"a","value":"1"}""");
            await mock.SwitchAsync("""{"cstore":{"staleReplica":true}}""");
            await mock.PostAsync("/set", """{"key":"k","value":{"x":[1]}}""");
            cid = (await mock.PostAsync("/add_file_base64", """{"file_base64_str":"aGVsbG8=","filename":"a.txt"}"""))
                .Result.GetProperty("cid")
                .GetString()!;
        }

        await using var again = await RunningMock.StartAsync(("MOCK_DATA_DIR", folder));
        Assert.Equal("""{"a":"1"}""", (await again.GetAsync("/hgetall?hkey=h")).Result.GetRawText());
        Assert.Equal("""{"x":[1]}""", (await again.GetAsync("/get?key=k")).Result.GetRawText());
        Assert.Equal("null", (await again.GetAsync("/replica/get?key=k")).Result.GetRawText());
        Assert.Equal("hello", (await again.GetAsync($"/get_file?cid={cid}")).Text);
    }

    [Fact]
    public async Task A_second_mock_on_the_folder_does_not_start_until_the_first_has_ended()
    {
        await using (await RunningMock.StartAsync(("MOCK_DATA_DIR", folder)))
        {
            var exception = Assert.Throws<OptionsValidationException>(() =>
                RunningMock.Build(null, ("DATAGEN_DATA_DIR", folder))
            );
            Assert.StartsWith("DATAGEN_DATA_DIR: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }

        await using var next = await RunningMock.StartAsync(("MOCK_DATA_DIR", folder));
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_kept()
    {
        await using (var mock = await RunningMock.StartAsync())
        {
            await mock.PostAsync("/set", """{"key":"k","value":1}""");
        }

        await using var again = await RunningMock.StartAsync();
        Assert.Equal("null", (await again.GetAsync("/get?key=k")).Result.GetRawText());
    }

    [Fact]
    public async Task A_temporary_folder_goes_away_with_the_mock()
    {
        string path;
        await using (var app = RunningMock.Build(null))
        {
            path = app.Services.GetRequiredService<DataFolder>().Path;
            Assert.True(File.Exists(Path.Combine(path, "mock.db")));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start_and_the_setting_is_named()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "mock.db"),
            "This is no database, however long it may be.",
            TestContext.Current.CancellationToken
        );
        var exception = Assert.Throws<OptionsValidationException>(() =>
            RunningMock.Build(null, ("MOCK_DATA_DIR", folder))
        );
        Assert.StartsWith("MOCK_DATA_DIR: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_in_the_midst_of_writes_loses_nothing_acknowledged()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var acknowledged = new ConcurrentDictionary<string, string>();
        var files = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < 3; round++)
        {
            await using var mock = await MockProcess.StartAsync(("MOCK_DATA_DIR", folder));
            await ExpectAllAsync(mock.Http, acknowledged, files, cancellationToken);
            var before = acknowledged.Count;
            var writers = Enumerable
                .Range(0, 8)
                .Select(writer =>
                    WriteUntilItDiesAsync(mock.Http, round, writer, acknowledged, files, cancellationToken)
                )
                .ToArray();
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(30));
            while (acknowledged.Count < before + 400)
            {
                await Task.Delay(5, deadline.Token);
            }

            await mock.KillAsync();
            await Task.WhenAll(writers);
        }

        await using var last = await MockProcess.StartAsync(("MOCK_DATA_DIR", folder));
        Assert.True(acknowledged.Count >= 1200);
        await ExpectAllAsync(last.Http, acknowledged, files, cancellationToken);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task WriteUntilItDiesAsync(
        HttpClient http,
        int round,
        int writer,
        ConcurrentDictionary<string, string> acknowledged,
        ConcurrentDictionary<string, string> files,
        CancellationToken cancellationToken
    )
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{round}-{writer}-{i}");
                var value = new string((char)('a' + writer), 200 + (i % 3000));
                using var body = new StringContent(
                    $$"""{"hkey":"h","key":"{{key}}","value":"{{value}}"}""",
                    Encoding.UTF8,
                    "application/json"
                );
                using var response = await http.PostAsync("/hset", body, cancellationToken);
                if (
                    (await response.Content.ReadAsStringAsync(cancellationToken)).EndsWith(
                        "\"result\":true}",
                        StringComparison.Ordinal
                    )
                )
                {
                    acknowledged[key] = value;
                }

                if (i % 20 != 0)
                {
                    continue;
                }

                using var upload = new StringContent(
                    $$"""{"file_base64_str":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}}","filename":"f"}""",
                    Encoding.UTF8,
                    "application/json"
                );
                using var added = await http.PostAsync("/add_file_base64", upload, cancellationToken);
                var cid = JsonElement
                    .Parse(await added.Content.ReadAsStringAsync(cancellationToken))
                    .GetProperty("result")
                    .GetProperty("cid")
                    .GetString()!;
                files[cid] = value;
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static async Task ExpectAllAsync(
        HttpClient http,
        ConcurrentDictionary<string, string> acknowledged,
        ConcurrentDictionary<string, string> files,
        CancellationToken cancellationToken
    )
    {
        var all = JsonElement
            .Parse(await http.GetStringAsync("/hgetall?hkey=h", cancellationToken))
            .GetProperty("result")
            .EnumerateObject()
            .ToDictionary(field => field.Name, field => field.Value.GetString());
        Assert.All(acknowledged, pair => Assert.Equal(pair.Value, all.GetValueOrDefault(pair.Key)));
        foreach (var (cid, content) in files)
        {
            Assert.Equal(content, await http.GetStringAsync($"/get_file?cid={cid}", cancellationToken));
        }
    }
}
