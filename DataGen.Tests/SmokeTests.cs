extern alias gateway;

namespace DataGen.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void The_house_stands() => Assert.NotNull(typeof(gateway::DataGen.Gateway.Program));
}
