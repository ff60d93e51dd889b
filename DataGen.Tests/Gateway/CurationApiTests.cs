using System.Net;
using DataGen.Contracts;
using Google.Protobuf;

namespace DataGen.Tests.Gateway;

public sealed class CurationApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?, CurateRequest> Changes { get; } =
        new()
        {
            {
                "PATCH",
                "",
                """{"data":{"a":1e2}}""",
                new CurateRequest { Data = ByteString.CopyFromUtf8("""{"a":1e2}""") }
            },
            {
                "DELETE",
                "",
                null,
                new CurateRequest { Removed = true }
            },
            {
                "POST",
                "/regenerate",
                null,
                new CurateRequest { Regenerated = true }
            },
            {
                "POST",
                "/restore",
                null,
                new CurateRequest { Restored = true }
            },
            {
                "PUT",
                "/feedback",
                """{"liked":false}""",
                new CurateRequest { Liked = false }
            },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Each_change_is_handed_on_and_answered_with_the_record(
        string method,
        string path,
        string? body,
        CurateRequest expected
    )
    {
        CurateRequest? asked = null;
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Tasks.OnCurate = request =>
        {
            asked = request;
            return new GeneratedRecord
            {
                Index = 7,
                Attempts = 2,
                Data = ByteString.CopyFromUtf8("""{"a":100}"""),
                Curation = new Curation { Change = RecordChange.Edited, Liked = true },
            };
        };
        using var ann = await gateway.SignInAsync();

        using var answer = await SendAsync(ann, method, $"/api/tasks/1/records/7{path}?owner=bob", body);

        (expected.Id, expected.Index, expected.Owner) = ("1", 7, "bob");
        Assert.Equal(expected, asked);
        Assert.Equal(method == "DELETE" ? HttpStatusCode.NoContent : HttpStatusCode.OK, answer.StatusCode);
        if (method != "DELETE")
        {
            Assert.Equal(
                """{"index":7,"ok":true,"attempts":2,"durationMs":0,"data":{"a":100},"edited":true,"liked":true}""",
                await answer.Content.ReadAsStringAsync(Ct)
            );
        }
    }

    [Theory]
    [InlineData("PATCH", "", """{"data":[1]}""", "data")]
    [InlineData("PATCH", "", "{}", "data")]
    [InlineData("PUT", "/feedback", "{}", "liked")]
    public async Task A_body_that_says_nothing_of_use_is_refused_by_its_field(
        string method,
        string path,
        string body,
        string field
    )
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        using var answer = await SendAsync(ann, method, $"/api/tasks/1/records/7{path}", body);

        Assert.Contains(field, (await answer.JsonAsync(HttpStatusCode.BadRequest))["errors"]!.AsObject());
        Assert.Empty(gateway.Tasks.Calls);
    }

    [Fact]
    public async Task A_record_that_the_model_did_not_make_is_its_failure()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Tasks.OnCurate = _ => new GeneratedRecord { Error = "The model refused." };
        using var ann = await gateway.SignInAsync();

        using var answer = await ann.PostAsync("/api/tasks/1/records/7/regenerate", null, Ct);

        Assert.Equal("The model refused.", (string?)(await answer.JsonAsync(HttpStatusCode.BadGateway))["detail"]);
    }

    [Fact]
    public async Task The_records_as_they_were_generated_come_whole_only()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        foreach (var query in new[] { "format=hf", "format=json&q=a" })
        {
            var answer = await ann.GetAsync($"/api/tasks/1/export?{query}&curated=false", Ct)
                .JsonAsync(HttpStatusCode.BadRequest);
            Assert.Contains("curated", answer["errors"]!.AsObject());
        }
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : HttpAnswers.Json(body);
        return client.SendAsync(request, Ct);
    }
}
