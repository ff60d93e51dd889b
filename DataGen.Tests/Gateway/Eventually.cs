namespace DataGen.Tests.Gateway;

/// <summary>Waits for what happens soon, bounded.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, int seconds = 10)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(seconds));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Did not come true within {seconds} s.");
            }
        }
    }
}
