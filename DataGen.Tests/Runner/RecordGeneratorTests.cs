using DataGen.Contracts;
using DataGen.Runner.Generation;
using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Runner;

public sealed class RecordGeneratorTests
{
    private static readonly InferenceSettings Settings = new() { BaseUrl = "http://inference", AttemptSeconds = 30 };

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, "The answer could not be read within the attempt's 30 s.")]
    public async Task An_answer_is_read_until_the_attempts_deadline(int secondsOfTheCall, string? reason)
    {
        var clock = new FakeTimeProvider();
        using var chat = new SlowChat(clock, TimeSpan.FromSeconds(secondsOfTheCall));
        var prompt = new RecordPrompt(new GenerationSpec { Prompt = "A customer", Count = 1 });

        var outcome = await new RecordGenerator(
            chat,
            Settings,
            new ServerWords(Settings),
            new RequestShapes(Settings, NullLogger<RequestShapes>.Instance),
            clock
        ).TryAsync(prompt, new RecordAttempts(0), TestContext.Current.CancellationToken);

        Assert.Equal(reason, outcome.Reason);
        Assert.Equal(reason is null, outcome.Data is not null);
    }

    /// <summary>Answers with a record after some time.</summary>
    private sealed class SlowChat(FakeTimeProvider clock, TimeSpan time) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            clock.Advance(time);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"a":1}""")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        ) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
