using System.Text;
using DataGen.Contracts;
using Grpc.Core;
using Parquet;

namespace DataGen.Tests.Tasks;

public sealed class ExportServiceTests : TasksServiceTest
{
    [Fact]
    public async Task A_parquet_file_comes_with_its_media_type_and_holds_the_good_records_in_index_order()
    {
        Runner.Make = index => index == 3 ? "!no JSON" : $$"""{"id":{{index}},"name":"Zoë {{index}}"}""";
        var id = (await Host.CreateAsync(10)).Task.Id;
        await Host.EndAsync(id, Cancelled);

        var (header, file) = await ExportAsync(
            new ExportTaskRequest
            {
                Id = id,
                Format = ExportFormat.Parquet,
                FormulaGuard = true,
            }
        );

        Assert.Equal("application/vnd.apache.parquet", header.ContentType);
        Assert.EndsWith($"-{id[^4..]}.parquet", header.FileName, StringComparison.Ordinal);
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: Cancelled);
        using var group = reader.OpenRowGroupReader(0);
        var ids = new long?[group.RowCount];
        await group.ReadAsync<long>(reader.Schema.DataFields[0], ids.AsMemory(), cancellationToken: Cancelled);
        Assert.Equal([0, 1, 2, 4, 5, 6, 7, 8, 9], ids);
    }

    [Fact]
    public async Task The_formula_guard_is_off_unless_asked_for()
    {
        Runner.Make = _ => """{"a":"=1+1","b":-1}""";
        var id = (await Host.CreateAsync(1)).Task.Id;
        await Host.EndAsync(id, Cancelled);

        Assert.Equal("a,b\r\n=1+1,-1\r\n", Encoding.UTF8.GetString(await Host.ExportAsync(id, ExportFormat.Csv)));
        Assert.Equal(
            "\"a\",\"b\"\r\n\"'=1+1\",\"-1\"\r\n",
            Encoding.UTF8.GetString(
                (
                    await ExportAsync(
                        new ExportTaskRequest
                        {
                            Id = id,
                            Format = ExportFormat.Csv,
                            FormulaGuard = true,
                        }
                    )
                ).File
            )
        );
    }

    [Fact]
    public async Task Records_with_too_many_different_members_are_refused_as_a_table_and_served_as_json_lines()
    {
        Runner.Make = index => $"{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"{index}-{i}\":0"))}}}";
        var id = (await Host.CreateAsync(11)).Task.Id;
        await Host.EndAsync(id, Cancelled);

        foreach (var format in new[] { ExportFormat.Csv, ExportFormat.Parquet })
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => Host.ExportAsync(id, format));
            Assert.Equal(
                (
                    StatusCode.FailedPrecondition,
                    "The records have more than 1000 different members, too many for the columns of a table; take json or jsonl."
                ),
                (failure.StatusCode, failure.Status.Detail)
            );
        }

        Assert.Equal(
            11,
            Encoding.UTF8.GetString(await Host.ExportAsync(id, ExportFormat.Jsonl)).Count(letter => letter == '\n')
        );
    }

    [Fact]
    public async Task A_format_that_is_none_names_those_that_are()
    {
        var id = (await Host.CreateAsync(1)).Task.Id;

        var failure = await Assert.ThrowsAsync<RpcException>(() => Host.ExportAsync(id, ExportFormat.Unspecified));

        Assert.Equal(
            (StatusCode.InvalidArgument, "format: One of json, jsonl, csv, parquet."),
            (failure.StatusCode, failure.Status.Detail)
        );
    }

    private async Task<(ExportHeader Header, byte[] File)> ExportAsync(ExportTaskRequest request)
    {
        using var call = Host.Client.Export(request, Host.As("ada"));
        using var file = new MemoryStream();
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));
        var header = call.ResponseStream.Current.Header;
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            chunk.Data.WriteTo(file);
        }

        return (header, file.ToArray());
    }
}
