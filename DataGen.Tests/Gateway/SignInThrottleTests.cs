using DataGen.Gateway.Auth;

namespace DataGen.Tests.Gateway;

public sealed class SignInThrottleTests
{
    /// <summary>The limits of a browser are kept under some of these names; an address by that name stands for one that
    /// shares a bucket with it.</summary>
    [Theory]
    [InlineData("ann")]
    [InlineData("devices ann")]
    [InlineData("ann laptop")]
    [InlineData("device ann laptop")]
    public void Strangers_addresses_use_up_nothing_of_a_users_browsers(string network)
    {
        using var throttle = new SignInThrottle();

        PassUntilThrottled(throttle, number => new SignInAttempt(network, $"user{number}", Device: null));

        Assert.True(Passes(throttle, new SignInAttempt(network, "ann", "laptop")));
    }

    [Fact]
    public void A_browser_whose_permits_are_used_up_has_those_of_a_stranger()
    {
        using var throttle = new SignInThrottle();
        var known = new SignInAttempt("203.0.113.9", "ann", "laptop");
        var stranger = new SignInAttempt("198.51.100.7", "ann", Device: null);

        // 20 of the browser and 20 of the name, and a few that come back while it runs.
        Assert.InRange(PassUntilThrottled(throttle, _ => known), 40, 60);
        Assert.InRange(PassUntilThrottled(throttle, _ => stranger), 0, 10);
    }

    private static int PassUntilThrottled(SignInThrottle throttle, Func<int, SignInAttempt> attempt)
    {
        var passed = 0;
        while (Passes(throttle, attempt(passed)))
        {
            passed++;
            Assert.InRange(passed, 0, 200);
        }

        return passed;
    }

    private static bool Passes(SignInThrottle throttle, SignInAttempt attempt) => throttle.Count(attempt).Wait is null;
}
