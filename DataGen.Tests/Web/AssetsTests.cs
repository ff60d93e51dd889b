using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebProgram = DataGen.Web.Program;

namespace DataGen.Tests.Web;

public sealed partial class AssetsTests : IAsyncLifetime
{
    private const int MostBytes = 200_000;
    private readonly WebUnderTest web = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => web.InitializeAsync();

    public ValueTask DisposeAsync() => web.DisposeAsync();

    [Theory]
    [InlineData("/css/site.css", "text/css")]
    [InlineData("/css/dashboard.css", "text/css")]
    [InlineData("/css/people.css", "text/css")]
    [InlineData("/js/dashboard.js", "text/javascript")]
    [InlineData("/js/task.js", "text/javascript")]
    [InlineData("/js/login.js", "text/javascript")]
    [InlineData("/js/account.js", "text/javascript")]
    [InlineData("/js/users.js", "text/javascript")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public async Task Assets_are_served_to_anybody_in_Production_when_another_process_hosts(
        string path,
        string mediaType
    )
    {
        using var response = await web.Browser.GetAsync(new Uri(path, UriKind.Relative), Cancelled);
        var content = await response.Content.ReadAsByteArrayAsync(Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.True(content.Length > 100, $"{path} has only {content.Length} bytes");
    }

    [Theory]
    [InlineData("/login?error=invalid")]
    [InlineData("/")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    [InlineData("/tasks/" + FakeTasks.HostileId)]
    [InlineData("/account")]
    [InlineData("/users")]
    [InlineData("/gallery")]
    [InlineData("/nowhere")]
    public async Task No_page_holds_inline_script_or_style(string path)
    {
        web.SignIn("ada", "admin");
        var (_, html) = await web.GetAsync(path);

        Assert.DoesNotMatch("<style", html);
        Assert.DoesNotMatch("\\sstyle\\s*=", html);
        Assert.DoesNotMatch("<[^>]+\\son[a-z]+\\s*=\\s*[\"']", html);
        Assert.DoesNotMatch("javascript:", html);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", html);
        Assert.All(
            Scripts().Matches(html),
            script => Assert.Matches("^<script type=\"module\" src=\"/js/[^\"]+\"></script>$", script.Value)
        );
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task A_page_with_everything_it_loads_stays_small_and_every_module_is_there(string path)
    {
        web.SignIn("ada", "admin");
        web.Tasks.FillsPage = true;
        var (_, html) = await web.GetAsync(path);
        var assets = await FetchAsync(Assets().Matches(html).Select(match => match.Groups[1].Value));

        Assert.True(assets.Count > 6, "the walk must have found the modules");
        var sizes = assets
            .Select(asset => (Name: asset.Key, Bytes: Encoding.UTF8.GetByteCount(asset.Value)))
            .Append((Name: path, Bytes: await CompressedBytesAsync(path)))
            .ToArray();
        Assert.True(
            sizes.Sum(size => size.Bytes) <= MostBytes,
            string.Join(Environment.NewLine, sizes.OrderByDescending(size => size.Bytes))
        );
    }

    /// <summary>Else a browser learns of each level of imports only when the level above has come: a round trip
    /// each.</summary>
    [Theory]
    [InlineData("/login")]
    [InlineData("/")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task A_page_names_the_modules_that_its_script_imports(string path)
    {
        web.SignIn("ada", "admin");
        var (_, html) = await web.GetAsync(path);
        var entry = Entry().Match(html).Groups[1].Value;
        var imported = await FetchAsync([entry]);

        Assert.Equal(
            imported.Keys.Where(name => name != entry).Order(StringComparer.Ordinal),
            Preloads().Matches(html).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>A browser that has been here before asks for the page alone.</summary>
    [Theory]
    [InlineData("/login")]
    [InlineData("/")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    public async Task What_a_page_loads_is_kept_for_good(string path)
    {
        web.SignIn();
        var (_, html) = await web.GetAsync(path);
        var modules = Entry()
            .Matches(html)
            .Concat(Preloads().Matches(html))
            .Select(match => match.Groups[1].Value)
            .ToArray();

        Assert.True(modules.Length > 5);
        foreach (var module in modules)
        {
            using var kept = await web.Browser.GetAsync(new Uri(module, UriKind.Relative), Cancelled);
            Assert.Equal("public, max-age=31536000, immutable", kept.Headers.CacheControl?.ToString());
            Assert.Matches("^/js/[0-9a-f]{12}/", module);

            // A page of the previous version finds it too, and asks again the next time.
            using var other = await web.Browser.GetAsync(
                new Uri($"/js/0123456789ab/{module.Split('/')[^1]}", UriKind.Relative),
                Cancelled
            );
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            Assert.True(other.Headers.CacheControl?.NoCache);
        }

        using var missing = await web.Browser.GetAsync(
            new Uri(modules[0].Replace(".js", ".none.js", StringComparison.Ordinal), UriKind.Relative),
            Cancelled
        );
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Pages_are_not_kept_by_caches()
    {
        web.SignIn();
        using var response = await web.Browser.GetAsync(new Uri("/", UriKind.Relative), Cancelled);

        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task The_keys_of_the_forms_outlive_a_restart()
    {
        web.SignIn();
        await web.GetAsync("/");

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(web.DataFolder, "keys"), "key-*.xml"));
    }

    [Fact]
    public void A_data_folder_that_cannot_be_used_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            var exception = Assert.Throws<OptionsValidationException>(() =>
                WebProgram.Build(
                    new WebApplicationOptions { ApplicationName = "DataGen.Web", ContentRootPath = Path.GetTempPath() },
                    builder =>
                        builder.Configuration.AddInMemoryCollection(
                            new Dictionary<string, string?>
                            {
                                ["DATAGEN_SESSION_SECRET"] = new string('s', 32),
                                ["DATAGEN_DATA_DIR"] = file,
                            }
                        )
                )
            );

            Assert.StartsWith("DATAGEN_DATA_DIR: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What a browser gets of a page, which is always compressed; assets are so only when the product is
    /// published.</summary>
    private async Task<int> CompressedBytesAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new("gzip"));
        using var response = await web.Browser.SendAsync(request, Cancelled);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        return (await response.Content.ReadAsByteArrayAsync(Cancelled)).Length;
    }

    /// <summary>These assets and all that they import, with what is in them.</summary>
    private async Task<Dictionary<string, string>> FetchAsync(IEnumerable<string> assets)
    {
        var found = new Dictionary<string, string>();
        var waiting = new Queue<string>(assets);
        while (waiting.TryDequeue(out var asset))
        {
            if (found.ContainsKey(asset))
            {
                continue;
            }

            var (status, text) = await web.GetAsync(asset);
            Assert.Equal((asset, HttpStatusCode.OK), (asset, status));
            found[asset] = text;
            foreach (Match import in Imports().Matches(text))
            {
                waiting.Enqueue(asset[..(asset.LastIndexOf('/') + 1)] + import.Groups[1].Value);
            }
        }

        return found;
    }

    [GeneratedRegex("<script type=\"module\" src=\"([^\"]+)\"")]
    private static partial Regex Entry();

    [GeneratedRegex("<link rel=\"modulepreload\" href=\"([^\"]+)\"")]
    private static partial Regex Preloads();

    [GeneratedRegex("<script[^>]*>.*?</script>|<script[^>]*$", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("(?:src|href)=\"(/(?:css|js)/[^\"]+|/favicon\\.svg)\"")]
    private static partial Regex Assets();

    [GeneratedRegex("from '\\./([^']+)'")]
    private static partial Regex Imports();
}
