using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Explorer;

/// <summary>A copy that takes long to be made: a caller who takes what there is waits a second, one who wants all of it
/// waits for it.</summary>
public sealed class PartialCopyTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider clock = new();
    private readonly FollowedTasks tasks = new();
    private readonly DatasetFolder folder = new();
    private readonly Dataset dataset;

    public PartialCopyTests() => dataset = new Dataset("task", folder, clock);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        dataset.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_is_shown_as_far_as_it_goes_and_goes_on_where_it_stood()
    {
        var first = await AskAsync(Beginning(), Segment(0, 0, 1, 2));
        var second = await AskAsync(Beginning(), Segment(1, 3, 4));
        var third = await AskAsync(Beginning(), Segment(2, 5), Shard(0, 5), null);

        Assert.Equal((true, 3), (first.IsPartial, first.Present.Count));
        Assert.Equal((true, 5), (second.IsPartial, second.Present.Count));
        Assert.Equal((false, 6), (third.IsPartial, third.Present.Count));
        Assert.Equal([0, 1, 2], tasks.Asked.Select(request => request.Have.Sum(position => position.Segments)));
        Assert.Equal("n", Assert.Single(first.Columns).Name);
        Assert.Equal((true, 3), (first.ToProto().Partial, first.ToProto().Records));
        Assert.False(third.ToProto().Partial);
    }

    [Fact]
    public async Task A_caller_who_wants_all_waits_for_it_however_long_it_takes()
    {
        await AskAsync(Beginning(), Segment(0, 0, 1, 2));

        var all = dataset.RefreshAsync(new TasksClient(tasks), "", allowPartial: false, Cancelled);
        await tasks.SendAsync(Beginning(), Segment(1, 3, 4));
        clock.Advance(100 * Second);
        await tasks.SendAsync(Segment(2, 5), Shard(0, 5), null);

        Assert.Equal((false, 6), ((await all).IsPartial, (await all).Present.Count));
    }

    [Fact]
    public async Task A_second_in_which_nothing_comes_does_not_end_it()
    {
        var asking = dataset.RefreshAsync(new TasksClient(tasks), "", allowPartial: true, Cancelled);
        await tasks.SendAsync(Beginning());
        clock.Advance(100 * Second);
        Assert.False(asking.IsCompleted);

        await tasks.SendAsync(Segment(0, 0, 1, 2));
        await EndAsync(asking);

        Assert.Equal((true, 3), ((await asking).IsPartial, (await asking).Present.Count));
    }

    [Fact]
    public async Task A_caller_who_takes_what_there_is_does_not_wait_for_one_who_wants_all()
    {
        await AskAsync(Beginning(), Segment(0, 0, 1, 2));
        var all = dataset.RefreshAsync(new TasksClient(tasks), "", allowPartial: false, Cancelled);
        await tasks.SendAsync(Beginning(), Segment(1, 3, 4));

        var some = await dataset.RefreshAsync(new TasksClient(tasks), "", allowPartial: true, Cancelled);
        await tasks.SendAsync(Segment(2, 5), Shard(0, 5), null);

        Assert.Equal((true, 3), (some.IsPartial, some.Present.Count));
        Assert.Equal((false, 6), ((await all).IsPartial, (await all).Present.Count));
    }

    private async Task<DatasetSnapshot> AskAsync(params FollowReply?[] replies)
    {
        var asking = dataset.RefreshAsync(new TasksClient(tasks), "", allowPartial: true, Cancelled);
        await tasks.SendAsync(replies);
        await EndAsync(asking);
        return await asking;
    }

    // Time goes by until it has ended.
    private Task EndAsync(Task<DatasetSnapshot> asking) =>
        Eventually.TrueAsync(() =>
        {
            clock.Advance(Second);
            return asking.IsCompleted;
        });

    private static FollowReply Beginning() =>
        new()
        {
            Task = new GenerationTask
            {
                Id = "task",
                Spec = new GenerationSpec { Prompt = "A number", Count = 6 },
            },
        };

    private static FollowReply Segment(int sequence, params int[] indices)
    {
        var segment = new SegmentRecords { Shard = "0", Sequence = sequence };
        segment.Indices.AddRange(indices);
        segment.Data.AddRange(indices.Select(index => ByteString.CopyFromUtf8($$"""{"n":{{index}}}""")));
        return new FollowReply { Segment = segment };
    }

    private static FollowReply Shard(int first, int last) =>
        new()
        {
            Shard = new ShardRecords
            {
                Shard = "0",
                Good =
                {
                    new IndexRange { First = first, Last = last },
                },
            },
        };

    /// <summary>Tasks whose stream sends what the test says, when it says so.</summary>
    private sealed class FollowedTasks : CallInvoker
    {
        // A message that is on its way; null ends the stream.
        private readonly Channel<FollowReply?> sent = Channel.CreateBounded<FollowReply?>(1);

        public List<FollowRequest> Asked { get; } = [];

        /// <summary>Returns when the reader has taken all of them.</summary>
        public async Task SendAsync(params FollowReply?[] replies)
        {
            foreach (var reply in replies)
            {
                await sent.Writer.WriteAsync(reply, Cancelled);
            }

            await Eventually.TrueAsync(() => sent.Reader.Count == 0);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        )
        {
            Asked.Add(((FollowRequest)(object)request).Clone());
            return new(
                (IAsyncStreamReader<TResponse>)(object)new Replies(sent.Reader),
                Task.FromResult(new Metadata()),
                () => Status.DefaultSuccess,
                () => [],
                () => { }
            );
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new NotSupportedException();

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options,
            TRequest request
        ) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options
        ) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            string? host,
            CallOptions options
        ) => throw new NotSupportedException();

        private sealed class Replies(ChannelReader<FollowReply?> sent) : IAsyncStreamReader<FollowReply>
        {
            public FollowReply Current { get; private set; } = new();

            public async Task<bool> MoveNext(CancellationToken cancellationToken)
            {
                try
                {
                    if (await sent.ReadAsync(cancellationToken) is not { } reply)
                    {
                        return false;
                    }

                    Current = reply;
                    return true;
                }
                catch (OperationCanceledException)
                {
                    // As Tasks ends a call that is given up, one time out of two.
                    throw new RpcException(new Status(StatusCode.Unavailable, ""));
                }
            }
        }
    }
}
