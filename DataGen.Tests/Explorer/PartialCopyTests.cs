using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Explorer;

/// <summary>A copy that takes long to be made: who takes what there is waits a second, who wants all of it waits.</summary>
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
        var first = await AskAsync(isPartialEnough: true, Task(), Segment(0, 0, 1, 2));
        var second = await AskAsync(isPartialEnough: true, Task(), Segment(1, 3, 4));
        var third = await AskAsync(isPartialEnough: true, Task(), Segment(2, 5), Shard(0, 5), null);

        Assert.Equal((true, 3), (first.IsPartial, first.Present.Count));
        Assert.Equal((true, 5), (second.IsPartial, second.Present.Count));
        Assert.Equal((false, 6), (third.IsPartial, third.Present.Count));
        Assert.Equal([0, 1, 2], tasks.Asked.Select(request => request.Have.Sum(position => position.Segments)));
        Assert.Equal("n", Assert.Single(first.Columns).Name);
        Assert.Equal((true, 3), (first.ToProto().Partial, first.ToProto().Records));
        Assert.False(third.ToProto().Partial);
    }

    [Fact]
    public async Task Who_wants_all_waits_for_it_also_after_somebody_who_did_not()
    {
        await AskAsync(isPartialEnough: true, Task(), Segment(0, 0, 1, 2));

        var all = dataset.RefreshAsync(new TasksClient(tasks), "", isPartialEnough: false, Cancelled);
        await tasks.SendAsync(Task(), Segment(1, 3, 4));
        clock.Advance(100 * Second);
        await tasks.SendAsync(Segment(2, 5), Shard(0, 5), null);

        Assert.Equal((false, 6), ((await all).IsPartial, (await all).Present.Count));
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_end_of_the_second()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var asking = dataset.RefreshAsync(new TasksClient(tasks), "", isPartialEnough: true, leaving.Token);
        await tasks.SendAsync(Task(), Segment(0, 0, 1, 2));
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => asking);
    }

    private async Task<DatasetSnapshot> AskAsync(bool isPartialEnough, params FollowReply?[] replies)
    {
        var asking = dataset.RefreshAsync(new TasksClient(tasks), "", isPartialEnough, Cancelled);
        await tasks.SendAsync(replies);
        clock.Advance(Second);
        return await asking.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    private static FollowReply Task() =>
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

            while (sent.Reader.Count > 0)
            {
                await System.Threading.Tasks.Task.Delay(5, Cancelled);
            }
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
                System.Threading.Tasks.Task.FromResult(new Metadata()),
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
