using DataGen.Runner.Generation;
using DataGen.Runner.Inference;

namespace DataGen.Tests.Runner;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new(new InferenceSettings { MaxAttempts = 3 });

    [Theory]
    [InlineData(InferenceFailure.TimedOut)]
    [InlineData(InferenceFailure.Unavailable)]
    [InlineData(InferenceFailure.Broken)]
    [InlineData(InferenceFailure.ServerError)]
    [InlineData(InferenceFailure.Unusable)]
    public void Attempts_are_bounded(object failure)
    {
        Assert.True(Policy.Allows(After((InferenceFailure)failure, 2), (InferenceFailure)failure));
        Assert.False(Policy.Allows(After((InferenceFailure)failure, 3), (InferenceFailure)failure));
    }

    [Theory]
    [InlineData(InferenceFailure.Refused)]
    [InlineData(InferenceFailure.Rejected)]
    [InlineData(InferenceFailure.Denied)]
    public void What_no_repetition_can_change_is_not_repeated(object failure) =>
        Assert.False(Policy.Allows(After((InferenceFailure)failure, 1), (InferenceFailure)failure));

    [Fact]
    public void An_answer_cut_off_twice_does_not_fit()
    {
        var policy = new RetryPolicy(new InferenceSettings { MaxAttempts = 6 });

        Assert.True(policy.Allows(After(InferenceFailure.Truncated, 1), InferenceFailure.Truncated));
        Assert.False(policy.Allows(After(InferenceFailure.Truncated, 2), InferenceFailure.Truncated));
    }

    [Fact]
    public void A_server_out_of_reach_is_not_held_against_the_record()
    {
        var record = After(InferenceFailure.Unreachable, 10_000);

        Assert.True(Policy.Allows(record, InferenceFailure.Unreachable));
        Assert.Equal((10_000, 0), (record.Made, record.Charged));
    }

    [Fact]
    public void Refusals_for_the_rates_sake_do_not_count_but_do_not_go_on_for_ever()
    {
        Assert.True(
            Policy.Allows(
                After(InferenceFailure.RateLimited, RetryPolicy.MaxRateLimited - 1),
                InferenceFailure.RateLimited
            )
        );
        Assert.False(
            Policy.Allows(After(InferenceFailure.RateLimited, RetryPolicy.MaxRateLimited), InferenceFailure.RateLimited)
        );
        Assert.Equal(0, After(InferenceFailure.RateLimited, 50).Charged);
    }

    [Theory]
    [InlineData(1, 0.25, 0.5)]
    [InlineData(2, 0.5, 1)]
    [InlineData(4, 2, 4)]
    [InlineData(40, 15, 30)]
    public void Back_off_doubles_with_jitter_up_to_a_bound(int failures, double from, double to)
    {
        var delays = Enumerable
            .Range(0, 100)
            .Select(_ =>
                RetryPolicy
                    .Delay(After(InferenceFailure.ServerError, failures), InferenceFailure.ServerError, null)
                    .TotalSeconds
            )
            .ToList();

        Assert.All(delays, delay => Assert.InRange(delay, from, to));
        Assert.True(delays.Distinct().Count() > 50, "no jitter");
    }

    [Fact]
    public void Retry_after_is_honoured_within_reason()
    {
        var record = After(InferenceFailure.RateLimited, 1);

        Assert.InRange(
            RetryPolicy.Delay(record, InferenceFailure.RateLimited, TimeSpan.FromSeconds(7)).TotalSeconds,
            7,
            7.5
        );
        Assert.InRange(
            RetryPolicy.Delay(record, InferenceFailure.RateLimited, TimeSpan.FromDays(1)).TotalSeconds,
            600,
            600.5
        );
    }

    private static RecordAttempts After(InferenceFailure failure, int times)
    {
        var record = new RecordAttempts(0);
        for (var i = 0; i < times; i++)
        {
            record.Begin(TimeProvider.System);
            record.Add(new AttemptOutcome { Failure = failure, Reason = "x" });
        }

        return record;
    }
}
