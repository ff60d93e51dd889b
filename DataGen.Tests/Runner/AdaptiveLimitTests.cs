using DataGen.Runner.Pacing;

namespace DataGen.Tests.Runner;

public sealed class AdaptiveLimitTests
{
    [Fact]
    public void Two_refusals_in_a_hundred_leave_the_limit_alone()
    {
        var limit = new AdaptiveLimit(256);

        for (var call = 0; call < 100_000; call++)
        {
            Answer(limit, refused: call % 50 == 0);
        }

        Assert.Equal(256, limit.Value);
    }

    [Fact]
    public void A_burst_lowers_it_once_and_the_next_again()
    {
        var limit = new AdaptiveLimit(100);
        var burst = limit.Burst;

        for (var call = 0; call < 100; call++)
        {
            limit.Shrink(burst);
        }

        Assert.Equal(70, limit.Value);

        for (var call = 0; call < 7; call++)
        {
            limit.Shrink(limit.Burst);
        }

        Assert.Equal(49, limit.Value);
    }

    [Fact]
    public void A_server_that_bears_eight_calls_is_found_out()
    {
        var limit = new AdaptiveLimit(64);
        for (var round = 0; round < 200; round++)
        {
            var burst = limit.Burst;
            for (var (call, calls) = (0, limit.Value); call < calls; call++)
            {
                if (call < 8)
                {
                    limit.Grow(limit.Value);
                }
                else
                {
                    limit.Shrink(burst);
                }
            }

            Assert.True(round < 10 || limit.Value is >= 5 and <= 10, $"the limit is {limit.Value} in round {round}");
        }
    }

    private static void Answer(AdaptiveLimit limit, bool refused)
    {
        if (refused)
        {
            limit.Shrink(limit.Burst);
        }
        else
        {
            limit.Grow(limit.Value);
        }
    }
}
