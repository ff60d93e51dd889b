using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace DataGen.Tests.Browser;

/// <summary>What there is to say about a dataset: its report, its card, and the download for Hugging Face.</summary>
public sealed class ReportTests(RunningProduct product) : BrowserTest(product)
{
    private static readonly object Definition = new
    {
        prompt = "A customer: full name, age 18-90, plan (free or pro), gender, a note of two sentences. | <b>```",
        count = 60,
        samplers = new { plan = new { type = "category", weights = new { free = 40, pro = 20 } } },
    };

    [Fact]
    public async Task The_page_has_the_figures_of_the_api_and_fits_a_phone()
    {
        var (page, api) = await SignInAsync(
            "reporter",
            options: new()
            {
                ViewportSize = new() { Width = 360, Height = 800 },
            }
        );
        var id = await MakeAsync(api);

        await page.GotoAsync($"/tasks/{id}/report");

        var profile = await api.GetAsync($"/api/tasks/{id}/profile", Cancelled);
        foreach (var column in profile.GetProperty("columns").EnumerateArray())
        {
            var section = page.GetByRole(
                Microsoft.Playwright.AriaRole.Region,
                new() { Name = $"Column {column.GetProperty("name").GetString()}", Exact = true }
            );
            await Expect(section.Locator(".report-facts dd").Nth(1))
                .ToHaveTextAsync($"{column.GetProperty("distinct").GetInt32()}");
        }

        await Expect(page.Locator("section:has-text('asked for, and there') tbody tr"))
            .ToHaveTextAsync(["free4040", "pro2020"]);
        var heat = page.Locator(".heat").First;
        Assert.Equal(
            60,
            await heat.Locator("td:not(:empty)")
                .EvaluateAllAsync<int>("cells => cells.reduce((sum, cell) => sum + Number(cell.textContent), 0)")
        );
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await Expect(page.Locator(".top")).ToBeHiddenAsync();
        await Expect(page.Locator(".bars svg").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_browser_that_asks_the_api_for_a_report_gets_the_page_and_a_script_the_figures()
    {
        var (page, api) = await SignInAsync("reader");
        var id = await MakeAsync(api);

        await page.GotoAsync($"/api/tasks/{id}/report");
        await Expect(page.Locator("#report h1")).ToBeVisibleAsync();
        var report = await api.GetAsync($"/api/tasks/{id}/report", Cancelled);

        Assert.EndsWith($"/tasks/{id}/report", page.Url, StringComparison.Ordinal);
        Assert.Equal(id, report.GetProperty("task").GetProperty("id").GetString());
        Assert.Equal(60, report.GetProperty("profile").GetProperty("total").GetInt32());
        Assert.Contains(
            report.GetProperty("profile").GetProperty("columns").EnumerateArray(),
            column =>
                column.TryGetProperty("variety", out var variety) && variety.GetProperty("sampled").GetInt32() == 60
        );
    }

    [Fact]
    public async Task A_download_for_hugging_face_holds_the_card_and_the_parquet_file_and_the_card_tells_the_truth()
    {
        var (_, api) = await SignInAsync("uploader");
        var id = await MakeAsync(api);
        var lines = await api.DownloadAsync(id, "jsonl", Cancelled);
        var parquet = await api.DownloadAsync(id, "parquet", Cancelled);
        var card = Encoding.UTF8.GetString(await api.BytesAsync($"/api/tasks/{id}/card", Cancelled));

        using var zip = new ZipArchive(new MemoryStream(await api.DownloadAsync(id, "hf", Cancelled)));

        Assert.Equal(["README.md", "data/train-00000-of-00001.parquet"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(card, Encoding.UTF8.GetString(await ReadAsync(zip.Entries[0])));
        Assert.Equal(parquet, await ReadAsync(zip.Entries[1]));
        Assert.StartsWith("---\n", card, StringComparison.Ordinal);
        Assert.Contains("size_categories:\n- n<1K\n", card, StringComparison.Ordinal);
        Assert.Contains("- name: \"age\"\n    dtype: int64\n", card, StringComparison.Ordinal);
        Assert.Contains($"num_bytes: {lines.Length}\n    num_examples: 60\n", card, StringComparison.Ordinal);
        Assert.Contains("````text\nA customer: full name", card, StringComparison.Ordinal);
        Assert.Contains("| pro | 20 | 20 |\n", card, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(lines)), card, StringComparison.Ordinal);
        Assert.Equal(
            System.Net.HttpStatusCode.BadRequest,
            await api.StatusAsync($"/api/tasks/{id}/export?format=hf&filter=age%3E=40", Cancelled)
        );
    }

    private static async Task<string> MakeAsync(Support.ApiClient api)
    {
        var created = await api.PostAsync("/api/tasks", Definition, System.Net.HttpStatusCode.Created, Cancelled);
        var id = created.GetProperty("id").GetString()!;
        await api.EndAsync(id, Cancelled);
        return id;
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync(Cancelled);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancelled);
        return bytes.ToArray();
    }
}
