using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>A task that a scenario has asked for.</summary>
/// <param name="Shop">The number in its prompt, by which its calls are known.</param>
internal sealed record CreatedTask(ApiClient User, string Id, int Count, int Shop)
{
    private static int shops;

    public string Path => $"/api/tasks/{Id}";

    /// <summary>Asks for a task whose prompt is like no other's.</summary>
    public static async Task<CreatedTask> CreateAsync(
        ApiClient user,
        int count,
        int? concurrency,
        CancellationToken cancellationToken,
        long? mostCalls = null
    )
    {
        var shop = Interlocked.Increment(ref shops);
        var prompt =
            $"A customer of the online book shop No. {shop}: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";
        return new CreatedTask(
            user,
            await user.CreateAsync(prompt, count, concurrency, cancellationToken, mostCalls),
            count,
            shop
        );
    }
}
