using System.Diagnostics;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps work of a million steps from becoming one trace of millions of spans. The first steps are part of the trace
/// that is current when this object is created. Of the later steps, one in a hundred has a trace of its own, which
/// links to that trace; the others have none.
/// </summary>
/// <param name="source">Makes the root spans of the later steps.</param>
/// <param name="name">The name of these spans.</param>
/// <param name="firstSteps">How many steps are part of the current trace.</param>
public sealed class BoundedTrace(ActivitySource source, string name, int firstSteps)
{
    private const int OneIn = 100;
    private readonly Activity? origin = Activity.Current;

    /// <summary>
    /// Begins a step. What the calling async method does afterwards belongs to the step's trace; dispose of the result
    /// when the step ends.
    /// </summary>
    /// <param name="number">The step's number within the work, from 0.</param>
    public Activity? Begin(int number)
    {
        if (origin is null || number < firstSteps)
        {
            return null;
        }

        Activity.Current = null;
        return number % OneIn == 0
            ? source.StartActivity(
                name,
                ActivityKind.Internal,
                default(ActivityContext),
                links: [new ActivityLink(origin.Context)]
            )
            : null;
    }
}
