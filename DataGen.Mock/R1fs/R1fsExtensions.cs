namespace DataGen.Mock.R1fs;

/// <summary>R1FS at the root and, for whoever needs its own status, under <c>/r1fs</c>.</summary>
internal static class R1fsExtensions
{
    public static IHostApplicationBuilder AddR1fs(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapR1fs(this IEndpointRouteBuilder endpoints) => endpoints;
}
