namespace DataGen.Runner.Pacing;

/// <summary>How many calls may be in flight: additive increase, multiplicative decrease, between 1 and a ceiling. Not
/// thread-safe.</summary>
/// <remarks>
/// A server that refuses some calls at any load is not helped by fewer calls: with a decrease for each refusal, two in
/// a hundred would hold the limit near ten. So a decrease takes a share of a round of calls; where rounds are short, a
/// single refusal is enough.
/// </remarks>
internal sealed class AdaptiveLimit(int ceiling)
{
    private const double Decrease = 0.7;
    private const double RefusedShare = 0.1;

    private double limit = ceiling;
    private int answersInRound;
    private int refusedInRound;

    /// <summary>The limit as whole calls.</summary>
    public int Value => (int)limit;

    /// <summary>The burst that calls beginning now belong to. All failures of one burst lower the limit once.</summary>
    public long Burst { get; private set; }

    /// <summary>A call was answered well. The limit grows by one after each round of calls, and only while it is the
    /// limit that holds calls back.</summary>
    public void Grow(int inFlight)
    {
        CountAnswer();
        if (inFlight >= Value)
        {
            limit = Math.Min(ceiling, limit + (1 / limit));
        }
    }

    /// <summary>A call that began in <paramref name="burst"/> met an overloaded server.</summary>
    public void Shrink(long burst)
    {
        if (burst != Burst)
        {
            return;
        }

        if (++refusedInRound < RefusedShare * limit)
        {
            CountAnswer();
            return;
        }

        limit = Math.Max(1, limit * Decrease);
        Burst++;
        (answersInRound, refusedInRound) = (0, 0);
    }

    private void CountAnswer()
    {
        if (++answersInRound >= limit)
        {
            (answersInRound, refusedInRound) = (0, 0);
        }
    }
}
