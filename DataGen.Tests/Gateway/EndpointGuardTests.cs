using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Tests.Gateway;

public sealed class EndpointGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_has_to_be_open_is_open()
    {
        await using var gateway = await GatewayHost.StartAsync();

        var open = Endpoints(gateway)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(Name)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "* /alive",
                "* /health",
                "GET /css/{**path}",
                "GET /error",
                "GET /images/{**path}",
                "GET /js/{**path}",
                "GET /lib/{**path}",
                "GET /login",
                "GET /{file:regex(^favicon[\\w.-]*$)}",
                "POST /api/auth/login",
                "POST /api/auth/token",
                "POST /login",
                "POST /logout",
            ],
            open
        );
    }

    [Fact]
    public async Task Everything_else_answers_401_without_a_session()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var guarded = Endpoints(gateway)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .ToArray();
        Assert.True(guarded.Length > 8);

        foreach (var endpoint in guarded)
        {
            var (method, path) = (
                Name(endpoint).Split(' ')[0],
                "/"
                    + endpoint
                        .RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal)
                        .Replace("}", "", StringComparison.Ordinal)
                        .TrimStart('/')
            );
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Accept", "application/json");
            Assert.Equal(
                (Name(endpoint), HttpStatusCode.Unauthorized),
                (Name(endpoint), await gateway.Client.SendAsync(request, Ct).StatusAsync())
            );
        }

        Assert.Empty(gateway.Tasks.Calls);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.Client.GetAsync("/api/anything", Ct).StatusAsync());
    }

    private static IEnumerable<RouteEndpoint> Endpoints(GatewayHost gateway) =>
        gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Name(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? "*"} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
}
