using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataGen.Tests.Aspire;

/// <summary>The app model for some settings, without anything started.</summary>
internal sealed class AppModel(IDistributedApplicationTestingBuilder builder) : IAsyncDisposable
{
    public static async Task<AppModel> CreateAsync(params string[] settings) =>
        new(
            await DistributedApplicationTestingBuilder.CreateAsync<Projects.DataGen_AppHost>(
                settings,
                TestContext.Current.CancellationToken
            )
        );

    public IEnumerable<IResource> Resources => builder.Resources;

    public bool Has(string name) => Find(name) is not null;

    public IResource? Find(string name) => builder.Resources.FirstOrDefault(resource => resource.Name == name);

    public int Replicas(string name) =>
        Find(name)!.Annotations.OfType<ReplicaAnnotation>().SingleOrDefault()?.Replicas ?? 1;

    /// <summary>The environment of a service, as a manifest would have it.</summary>
    public async Task<Dictionary<string, string>> EnvironmentAsync(string name)
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(Find(name)!)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(
                new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish),
                NullLogger.Instance,
                TestContext.Current.CancellationToken
            );
        return configuration.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);
    }

    /// <summary>The value of a parameter.</summary>
    public async Task<string?> ParameterAsync(string name) =>
        await ((ParameterResource)Find(name)!).GetValueAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => builder.DisposeAsync();
}
