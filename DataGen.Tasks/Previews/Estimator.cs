using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Model;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace DataGen.Tasks.Previews;

/// <summary>Estimates from a few records what a whole task will cost.</summary>
internal static class Estimator
{
    private const double Low = 0.025;
    private const double High = 0.975;

    // A few values that happen to be alike do not show how much others differ.
    private const double LeastSpread = 0.05;

    // One value shows nothing about the spread.
    private const double SpreadOfOne = 0.5;

    // The time before a task's first call is sent and after its last answer.
    private const double MostSecondsAround = 2;

    /// <summary>Ranges that contain the real figures nineteen times in twenty; null: no record is good.</summary>
    /// <param name="count">Records of the task.</param>
    /// <param name="calls">Calls that were made for the preview.</param>
    /// <param name="good">Its good records.</param>
    /// <param name="inFlight">Calls that the task will have in flight.</param>
    /// <param name="prices">What tokens cost.</param>
    public static Estimate? Of(int count, int calls, IReadOnlyList<GeneratedRecord> good, int inFlight, Prices prices)
    {
        if (good.Count == 0 || inFlight == 0)
        {
            return null;
        }

        var all = Calls(count, Math.Max(calls, good.Count), good.Count);
        var input = PerCall(good, record => record.Tokens.Input);
        var output = PerCall(good, record => record.Tokens.Output);
        var seconds = PerCall(good, record => record.DurationMs / 1000.0);
        var rounds = Math.Min(inFlight, count);
        return new Estimate
        {
            Calls = all,
            InputTokens = Product(all, input),
            OutputTokens = Product(all, output),
            Cost = prices.AreKnown
                ? new EstimatedRange
                {
                    Low = Cost(prices, all.Low * input.Low, all.Low * output.Low),
                    High = Cost(prices, all.High * input.High, all.High * output.High),
                }
                : null,
            Seconds = new EstimatedRange
            {
                Low = Math.Max(all.Low / rounds, 1) * seconds.Low,

                // At the end fewer calls are in flight: the last records may be rejected several times in a row.
                High =
                    ((all.High / rounds) + (all.High > count ? Math.Log2(count) + 1 : 1)) * seconds.High
                    + MostSecondsAround,
            },
        };
    }

    // The share of accepted answers has a Beta distribution, by Jeffreys' prior for calls that are made until a number
    // of them is accepted. With a share p, count accepted answers need count / p calls with a variance of count (1 - p)
    // / p².
    private static EstimatedRange Calls(int count, int calls, int taken)
    {
        var share = new Beta(taken, calls - taken + 0.5);
        var (least, most) = (share.InverseCumulativeDistribution(Low), share.InverseCumulativeDistribution(High));
        return new EstimatedRange
        {
            Low = Math.Max(count, (count / most) - (2 * Math.Sqrt(count * (1 - most)) / most)),
            High = Math.Ceiling((count / least) + (2 * Math.Sqrt(count * (1 - least)) / least)),
        };
    }

    // The mean of a figure per call, by Student's t.
    private static EstimatedRange PerCall(IReadOnlyList<GeneratedRecord> good, Func<GeneratedRecord, double> figure)
    {
        var values = good.Select(record => figure(record) / Math.Max(1, record.Attempts)).ToArray();
        var mean = values.Mean();
        var spread =
            values.Length == 1
                ? SpreadOfOne * mean
                : Math.Max(
                    LeastSpread * mean,
                    StudentT.InvCDF(0, 1, values.Length - 1, High)
                        * values.StandardDeviation()
                        / Math.Sqrt(values.Length)
                );
        return new EstimatedRange { Low = Math.Max(0, mean - spread), High = mean + spread };
    }

    private static EstimatedRange Product(EstimatedRange left, EstimatedRange right) =>
        new() { Low = left.Low * right.Low, High = left.High * right.High };

    private static double Cost(Prices prices, double input, double output) =>
        (double)prices.Of(new Spent(0, (long)input, (long)output));
}
