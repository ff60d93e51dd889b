namespace DataGen.Tests.Runner;

/// <summary>Waits for what happens elsewhere, for a bounded time.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp() + (15 * TimeProvider.System.TimestampFrequency);
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetTimestamp() < deadline, $"Not within 15 s: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
