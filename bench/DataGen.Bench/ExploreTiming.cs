using System.Diagnostics;
using System.Globalization;
using System.Text;
using DataGen.Contracts;
using DataGen.ServiceDefaults.Identity;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Bench;

/// <summary>How long questions about a large dataset take: the real Explorer, and a stand-in of Tasks in the same
/// process that makes the records up as it sends them, so that the peak of memory is Explorer's.</summary>
internal static class ExploreTiming
{
    private const string Secret = "a-secret-of-the-bench-of-32-bytes-or-more";
    private static readonly string TaskId = Guid.CreateVersion7().ToString();

    public static async Task RunAsync(int records)
    {
        await using var tasks = await StartAsync(records);
        await using var explorer = DataGen.Explorer.Program.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Explorer" },
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["DATAGEN_SESSION_SECRET"] = Secret,
                        ["Services:tasks:grpc:0"] = tasks.Urls.First(),
                        ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
                        ["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0",
                        ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
                    }
                );
                builder.Logging.ClearProviders();
            }
        );
        await explorer.StartAsync();
        using var channel = GrpcChannel.ForAddress(explorer.Urls.First());
        var client = new Contracts.Explorer.ExplorerClient(channel);
        var identity = new IdentityTokens(Secret, TimeProvider.System);

        Console.WriteLine($"{records:N0} records of nine members, {Environment.ProcessorCount} processors");
        await TellAsync("first page, at the first look", 10, 1, () => PageAsync(View(), 0));
        await TellAsync("first page", 0.3, 5, () => PageAsync(View(), 0));
        await TellAsync("a page near the end", 0.3, 5, () => PageAsync(View(), records - 150));
        await TellAsync("sorted by a number", 1.5, 3, () => PageAsync(View(sort: "-amount"), 0));
        await TellAsync("sorted by a text", 1.5, 3, () => PageAsync(View(sort: "note"), 0));
        await TellAsync("sorted, a page in the middle", 1.5, 3, () => PageAsync(View(sort: "-amount"), records / 2));
        await TellAsync("filtered", 1.5, 3, () => PageAsync(View("age>=40"), 0));
        await TellAsync("filtered and sorted", 1.5, 3, () => PageAsync(View("city=Oslo", "name"), 0));
        await TellAsync("searched", 1.5, 3, () => PageAsync(View(text: "77777"), 0));
        await TellAsync(
            "profile",
            3,
            3,
            async () => await client.ProfileAsync(new ProfileRequest { View = View() }, Caller())
        );
        await TellAsync(
            "SQL: a group",
            1.5,
            3,
            async () =>
                await client.QueryAsync(
                    new QueryRequest { Id = TaskId, Sql = "SELECT city, count(*), avg(age) FROM records GROUP BY 1" },
                    Caller()
                )
        );
        var peak = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
            : "0";
        Console.WriteLine(
            $"{"peak memory of the process", -32} {int.Parse(peak, CultureInfo.InvariantCulture) / 1024, 8} MiB   (at most 512)"
        );

        Metadata Caller() => new() { { "authorization", $"Bearer {identity.Issue("bench", "user")}" } };

        async Task PageAsync(RecordView view, int offset) =>
            await client.RowsAsync(new RowsRequest { View = view, Offset = Math.Max(0, offset) }, Caller());
    }

    // The median, beside what it is to be.
    private static async Task TellAsync(string what, double most, int times, Func<Task> ask)
    {
        var taken = new List<double>();
        for (var time = 0; time < times; time++)
        {
            var watch = Stopwatch.StartNew();
            await ask();
            taken.Add(watch.Elapsed.TotalSeconds);
        }

        taken.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -32} {taken[taken.Count / 2], 8:0.000} s   (at most {most})"
            )
        );
    }

    private static RecordView View(string? filter = null, string? sort = null, string text = "")
    {
        var view = new RecordView { Id = TaskId, Text = text };
        view.Filter.AddRange(filter is null ? [] : [filter]);
        view.Sort.AddRange(sort is null ? [] : [sort]);
        return view;
    }

    private static async Task<WebApplication> StartAsync(int records)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new MadeUpTasks(records));
        var app = builder.Build();
        app.MapGrpcService<MadeUpTasks>();
        await app.StartAsync();
        return app;
    }

    private sealed class MadeUpTasks(int records) : Contracts.Tasks.TasksBase
    {
        private const int RecordsPerShard = 10_000;
        private const int RecordsPerSegment = 250;
        private static readonly string[] Cities = ["Rome", "Oslo", "Zürich", "Lisbon", "Kyiv", "Osaka", "Quito"];

        public override async Task Follow(
            FollowRequest request,
            IServerStreamWriter<FollowReply> responseStream,
            ServerCallContext context
        )
        {
            var task = new GenerationTask
            {
                Id = TaskId,
                Owner = "bench",
                Spec = new GenerationSpec { Prompt = "A customer", Count = records },
                Status = GenerationTaskStatus.Succeeded,
            };
            await responseStream.WriteAsync(new FollowReply { Task = task });
            var known = request.Have.ToDictionary(position => position.Shard, position => position.Segments);
            for (var first = 0; first < records; first += RecordsPerShard)
            {
                var (name, last) = ($"{first}", Math.Min(records, first + RecordsPerShard) - 1);
                var begin = first + (known.GetValueOrDefault(name) * RecordsPerSegment);
                for (var at = begin; at <= last; at += RecordsPerSegment)
                {
                    var segment = new SegmentRecords { Shard = name, Sequence = (at - first) / RecordsPerSegment };
                    foreach (var index in Enumerable.Range(at, Math.Min(RecordsPerSegment, last - at + 1)))
                    {
                        segment.Indices.Add(index);
                        segment.Data.Add(ByteString.CopyFrom(Record(index)));
                    }

                    await responseStream.WriteAsync(new FollowReply { Segment = segment });
                }

                var shard = new ShardRecords { Shard = name };
                shard.Good.Add(new IndexRange { First = first, Last = last });
                await responseStream.WriteAsync(new FollowReply { Shard = shard });
            }
        }

        // 290 bytes, as those of a real task.
        private static byte[] Record(int index)
        {
            var random = new Random(index);
            return Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {"id":{{index}},"name":"Customer {{random.Next(
                        100_000
                    )}} of the shop","email":"c{{index}}@example.com","age":{{random.Next(18, 91)}},"city":"{{Cities[
                        random.Next(Cities.Length)
                    ]}}","amount":{{random.Next(1, 100_000) / 100.0}},"vip":{{(
                        random.Next(10) == 0 ? "true" : "false"
                    )}},"address":{"street":"Long street {{random.Next(500)}}","zip":"{{random.Next(
                        10_000,
                        99_999
                    )}}"},"note":"Ordered {{random.Next(40)}} books, asked {{random.Next(
                        9
                    )}} times, last on day {{random.Next(365)}} of the year, paid by card"}
                    """
                )
            );
        }
    }
}
