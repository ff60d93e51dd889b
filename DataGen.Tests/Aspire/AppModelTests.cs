using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataGen.Tests.Aspire;

/// <summary>The app model, without starting anything.</summary>
public sealed class AppModelTests
{
    private static readonly string[] Replicated = ["runner", "tasks", "web"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_service_is_told_where_the_next_one_is()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.DataGen_AppHost>(
            [],
            Cancelled
        );
        Assert.Contains("services__runner__grpc__0", await NamesAsync(builder, "tasks"));
        Assert.Contains("services__tasks__grpc__0", await NamesAsync(builder, "web"));
        Assert.Contains("services__tasks__grpc__0", await NamesAsync(builder, "gateway"));
        Assert.Contains("services__web__http__0", await NamesAsync(builder, "gateway"));
    }

    [Theory]
    [InlineData("runner")]
    [InlineData("tasks")]
    [InlineData("web")]
    [InlineData("gateway")]
    public async Task Every_service_has_the_secret_that_signs_who_is_asking(string name)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.DataGen_AppHost>(
            [],
            Cancelled
        );
        Assert.Contains("DATAGEN_SESSION_SECRET", await NamesAsync(builder, name));
    }

    [Fact]
    public async Task The_gateway_waits_for_what_it_calls()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.DataGen_AppHost>(
            [],
            Cancelled
        );
        var waits = Project(builder, "gateway")
            .Annotations.OfType<WaitAnnotation>()
            .Select(wait => wait.Resource.Name)
            .ToArray();
        Assert.Contains("tasks", waits);
        Assert.Contains("web", waits);
    }

    [Fact]
    public async Task What_is_published_has_a_redis_and_two_replicas_of_each_service_behind_the_gateway()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.DataGen_AppHost>(
            [
                "--operation",
                "publish",
                "--publisher",
                "manifest",
                "--output-path",
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            ],
            Cancelled
        );
        Assert.Contains(builder.Resources, resource => resource.Name == "redis");
        Assert.Contains("ConnectionStrings__redis", await NamesAsync(builder, "tasks"));
        Assert.Contains("ConnectionStrings__redis", await NamesAsync(builder, "web"));
        Assert.All(
            Replicated,
            name => Assert.Equal(2, Project(builder, name).Annotations.OfType<ReplicaAnnotation>().Single().Replicas)
        );
    }

    private static ProjectResource Project(IDistributedApplicationTestingBuilder builder, string name) =>
        builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == name);

    private static async Task<IReadOnlyCollection<string>> NamesAsync(
        IDistributedApplicationTestingBuilder builder,
        string name
    )
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(Project(builder, name))
            .WithEnvironmentVariablesConfig()
            .BuildAsync(
                new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish),
                NullLogger.Instance,
                Cancelled
            );
        return [.. configuration.EnvironmentVariables.Select(variable => variable.Key)];
    }
}
