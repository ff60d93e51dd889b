using System.Diagnostics;

namespace DataGen.Tests;

/// <summary>Polls for what must come true within a deadline, or until the test is cancelled.</summary>
internal static class Eventually
{
    // Long enough for a machine with much else to do; only a failure waits to its end.
    internal const int Patience = 180;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>The first value that satisfies the condition.</summary>
    /// <exception cref="TimeoutException">None did in time; the message holds what was waited for, or the last
    /// value.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> read,
        Func<T, bool> condition,
        string? what = null,
        int seconds = Patience
    )
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (condition(value))
            {
                return value;
            }

            if (watch.Elapsed > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"Not within {seconds} s: {what ?? $"the last value was {value}"}");
            }

            await Task.Delay(Period, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the condition holds.</summary>
    public static Task TrueAsync(Func<bool> condition, string? what = null, int seconds = Patience) =>
        GetAsync(() => Task.FromResult(condition()), value => value, what, seconds);

    /// <summary>Waits until the condition holds.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string? what = null, int seconds = Patience) =>
        GetAsync(condition, value => value, what, seconds);
}
