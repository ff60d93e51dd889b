using DataGen.Tasks.Api;

namespace DataGen.Tests.Tasks;

public sealed class TaskIdsTests
{
    [Fact]
    public void Ids_made_at_the_same_moment_are_in_the_order_they_were_made()
    {
        var ids = new TaskIds();
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        var made = Enumerable.Range(0, 200).Select(i => ids.Next(now.AddTicks(i % 7))).ToArray();
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(200, made.Distinct().Count());
    }
}
