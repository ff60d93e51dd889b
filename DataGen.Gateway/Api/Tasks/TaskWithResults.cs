using System.Runtime.CompilerServices;
using System.Text.Json;
using DataGen.Contracts;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>
/// A task with all its records, written page by page so that memory does not grow with the task: <c>{…, "results":
/// [{…}, null, …]}</c>.
/// </summary>
internal sealed class TaskWithResults : IResult
{
    private const int PageSize = 100;
    private readonly TaskDetail detail;
    private readonly Func<int, CancellationToken, Task<ListRecordsResponse>> readPage;
    private readonly ListRecordsResponse firstPage;

    private TaskWithResults(
        TaskDetail detail,
        Func<int, CancellationToken, Task<ListRecordsResponse>> readPage,
        ListRecordsResponse firstPage
    ) => (this.detail, this.readPage, this.firstPage) = (detail, readPage, firstPage);

    /// <summary>Reads the first page before anything is written, so that a failure still becomes an error
    /// answer.</summary>
    public static async Task<TaskWithResults> OpenAsync(
        TaskDetail detail,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        return new TaskWithResults(detail, ReadAsync, await ReadAsync(0, cancellationToken));

        async Task<ListRecordsResponse> ReadAsync(int offset, CancellationToken token) =>
            await tasks.ListRecordsAsync(
                new ListRecordsRequest
                {
                    Id = detail.Task.Id,
                    Owner = detail.Task.Owner,
                    Offset = offset,
                    Limit = PageSize,
                },
                cancellationToken: token
            );
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        foreach (var property in JsonSerializer.SerializeToElement(detail.ToResponse(), options).EnumerateObject())
        {
            property.WriteTo(json);
        }

        json.WriteStartArray("results");
        var next = 0;
        await foreach (var record in RecordsAsync(httpContext.RequestAborted))
        {
            for (; next < record.Index; next++)
            {
                json.WriteNullValue();
            }

            Write(json, record);
            next++;
            if (json.BytesPending > 32 * 1024)
            {
                await json.FlushAsync(httpContext.RequestAborted);
            }
        }

        for (; next < detail.Task.Spec.Count; next++)
        {
            json.WriteNullValue();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, GeneratedRecord record)
    {
        if (record.HasData)
        {
            json.WriteRawValue(record.Data.Span);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>
    /// The records by index, each once. While the task runs, a record that ends between two reads shifts the following
    /// ones, so that a page may begin with records of the page before; those are skipped.
    /// </summary>
    private async IAsyncEnumerable<GeneratedRecord> RecordsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var last = -1;
        var offset = 0;
        for (var page = firstPage; page.Items.Count > 0; page = await readPage(offset, cancellationToken))
        {
            foreach (var record in page.Items.Where(record => record.Index > last))
            {
                last = record.Index;
                yield return record;
            }

            offset += page.Items.Count;
            if (offset >= page.Total)
            {
                break;
            }
        }
    }
}
