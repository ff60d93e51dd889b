using System.Net;
using System.Text;
using System.Text.Json;

namespace DataGen.Tests.Mock;

public sealed class R1fsTests
{
    [Fact]
    public async Task A_multipart_file_comes_back_with_its_name_and_every_byte()
    {
        await using var mock = await RunningMock.StartAsync();
        byte[] bytes = [0, 255, 13, 10, 128, 1];
        var added = await AddFileAsync(mock, bytes, "grüße.bin", """{"filename":"ignored","nonce":1}""");
        Assert.Equal("File uploaded successfully", added.Result.GetProperty("message").GetString());
        var cid = added.Result.GetProperty("cid").GetString()!;
        Assert.Matches("^Qm[1-9A-HJ-NP-Za-km-z]{44}$", cid);
        using var response = await mock.Http.GetAsync($"/get_file?cid={cid}", TestContext.Current.CancellationToken);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        var meta = JsonElement.Parse(response.Headers.GetValues("x-meta").Single());
        Assert.Equal("grüße.bin", meta.GetProperty("filename").GetString());
    }

    [Fact]
    public async Task The_same_bytes_get_another_id_unless_a_nonce_is_given()
    {
        await using var mock = await RunningMock.StartAsync();
        var free = new[] { await AddAsync(mock, ""), await AddAsync(mock, "") };
        var fixedNonce = new[]
        {
            await AddAsync(mock, ",\"nonce\":7"),
            await AddAsync(mock, ",\"nonce\":7"),
            await AddAsync(mock, ",\"nonce\":8"),
        };
        Assert.NotEqual(free[0], free[1]);
        Assert.Equal(fixedNonce[0], fixedNonce[1]);
        Assert.NotEqual(fixedNonce[0], fixedNonce[2]);
    }

    [Fact]
    public async Task A_wrong_secret_finds_nothing()
    {
        await using var mock = await RunningMock.StartAsync();
        var cid = await AddAsync(mock, ",\"secret\":\"s3\"");
        var wrong = await mock.GetAsync($"/get_file?cid={cid}");
        Assert.Equal(
            (HttpStatusCode.NotFound, "File not found!"),
            (wrong.Status, wrong.Detail.GetProperty("detail").GetString())
        );
        Assert.Equal("hello", (await mock.GetAsync($"/get_file?cid={cid}&secret=s3")).Text);
        var inBase64 = (await mock.PostAsync("/get_file_base64", $$"""{"cid":"{{cid}}","secret":"no"}""")).Result;
        Assert.Equal($"Failed to retrieve file with CID {cid}", inBase64.GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.Null, inBase64.GetProperty("file_base64_str").ValueKind);
        Assert.Equal(
            """{"file_base64_str":"aGVsbG8=","filename":"a.txt"}""",
            (await mock.PostAsync("/get_file_base64", $$"""{"cid":"{{cid}}","secret":"s3"}""")).Result.GetRawText()
        );
    }

    [Theory]
    [InlineData("QmUnknownUnknownUnknownUnknownUnknownUnknownUn")]
    [InlineData("..%2F..%2Fmock.db")]
    [InlineData("")]
    public async Task An_unknown_id_is_not_found(string cid)
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await mock.GetAsync($"/get_file?cid={cid}")).Status);
    }

    [Fact]
    public async Task Stored_json_loses_its_order_and_is_ascii()
    {
        await using var mock = await RunningMock.StartAsync();
        const string Body = """{"data":{"b":"é😀\n","a":{"z":1.50,"y":[true,null]}},"fn":"d.json","nonce":5}""";
        var cid = (await mock.PostAsync("/add_json", Body)).Result.GetProperty("cid").GetString();
        Assert.Equal(
            """{"a":{"y":[true,null],"z":1.50},"b":"\u00e9\ud83d\ude00\n"}""",
            (await mock.GetAsync($"/get_file?cid={cid}")).Text
        );
        Assert.Equal(cid, (await mock.PostAsync("/calculate_json_cid", Body)).Result.GetProperty("cid").GetString());
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await mock.PostAsync("/add_json", """{"data":[1]}""")).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await mock.PostAsync("/calculate_json_cid", """{"data":{}}""")).Status
        );
    }

    [Fact]
    public async Task Deleted_files_are_gone()
    {
        await using var mock = await RunningMock.StartAsync();
        var (first, second) = (await AddAsync(mock, ""), await AddAsync(mock, ""));
        var deleted = (await mock.PostAsync("/delete_file", $$"""{"cid":"{{first}}"}""")).Result;
        Assert.True(deleted.GetProperty("success").GetBoolean());
        var many = (await mock.PostAsync("/delete_files", $$"""{"cids":["{{first}}","{{second}}"]}""")).Result;
        Assert.Equal(
            $$"""{"success":["{{second}}"],"failed":["{{first}}"],"total":2,"success_count":1,"failed_count":1}""",
            many.GetRawText()
        );
        Assert.Equal(HttpStatusCode.NotFound, (await mock.GetAsync($"/get_file?cid={second}")).Status);
    }

    [Fact]
    public async Task Bad_input_is_told_as_a_node_tells_it()
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mock.PostAsync("/add_file_base64", "{}")).Status);
        Assert.Equal(
            HttpStatusCode.InternalServerError,
            (await mock.PostAsync("/add_file_base64", """{"file_base64_str":"%%"}""")).Status
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mock.GetAsync("/get_file")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mock.PostAsync("/add_file", "{}")).Status);
        var badBody = await AddFileAsync(mock, [1], "a", "{no json");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Invalid JSON in form field 'body'"),
            (badBody.Status, badBody.Detail.GetProperty("detail").GetString())
        );
    }

    [Fact]
    public async Task Its_own_status_lies_under_its_prefix()
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.True((await mock.GetAsync("/r1fs/get_status")).Result.TryGetProperty("AgentVersion", out _));
        Assert.True((await mock.GetAsync("/get_status")).Result.TryGetProperty("ok", out _));
        var cid = await AddAsync(mock, "");
        Assert.Equal("hello", (await mock.GetAsync($"/r1fs/get_file?cid={cid}")).Text);
    }

    [Theory]
    [InlineData("cidNull", 200, "\"cid\":null")]
    [InlineData("diskFull", 500, "No space left on device")]
    [InlineData("errorRate", 500, "told to fail")]
    public async Task A_faulty_add_keeps_nothing(string fault, int status, string answered)
    {
        await using var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync($$$"""{"r1fs": { "{{{fault}}}": {"value":1,"calls":2} } }""");
        var added = await mock.PostAsync("/add_file_base64", """{"file_base64_str":"aGVsbG8="}""");
        var uploaded = await AddFileAsync(mock, [1], "a", null);
        Assert.Equal(((HttpStatusCode)status, (HttpStatusCode)status), (added.Status, uploaded.Status));
        Assert.Contains(answered, added.Text, StringComparison.Ordinal);
        Assert.Contains(answered, uploaded.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await mock.StatsAsync("r1fs")).GetProperty("adds").GetInt32());
        Assert.StartsWith("Qm", await AddAsync(mock, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_can_be_missing_for_a_while()
    {
        await using var mock = await RunningMock.StartAsync();
        var cid = await AddAsync(mock, "");
        await mock.SwitchAsync(
            """{"r1fs":{"notFound":{"value":1,"calls":1},"readLatencyMs":5,"down":{"value":"503","calls":1}}}"""
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await mock.GetAsync($"/get_file?cid={cid}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mock.GetAsync($"/get_file?cid={cid}")).Status);
        Assert.Equal("hello", (await mock.GetAsync($"/get_file?cid={cid}")).Text);
    }

    private static async Task<string> AddAsync(RunningMock mock, string more) =>
        (await mock.PostAsync("/add_file_base64", $$"""{"file_base64_str":"aGVsbG8=","filename":"a.txt"{{more}}}"""))
            .Result.GetProperty("cid")
            .GetString()!;

    private static async Task<Answer> AddFileAsync(RunningMock mock, byte[] bytes, string name, string? body)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(bytes);
        form.Add(file, "file", name);
        using var text = new StringContent(body ?? "", Encoding.UTF8);
        if (body is not null)
        {
            form.Add(text, "body");
        }

        using var response = await mock.Http.PostAsync("/add_file", form, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
