using System.Collections.Concurrent;

namespace DataGen.Tests.Tasks;

/// <summary>Counts the calls that our grains get, by interface and method; Orleans' own, and timers, are left
/// out.</summary>
internal sealed class GrainCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> counts = [];

    /// <summary>How many calls there were so far.</summary>
    public int Total => counts.Values.Sum();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (
            context.InterfaceName.StartsWith("DataGen.", StringComparison.Ordinal)
            || context.InterfaceName.EndsWith("IAsyncEnumerableGrainExtension", StringComparison.Ordinal)
        )
        {
            counts.AddOrUpdate($"{context.InterfaceName}.{context.MethodName}", 1, (_, count) => count + 1);
        }

        return context.Invoke();
    }

    public override string ToString() => string.Join(", ", counts.Select(count => $"{count.Key}: {count.Value}"));
}
