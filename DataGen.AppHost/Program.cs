using DataGen.AppHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = DistributedApplication.CreateBuilder(args);
if ((builder.Configuration.FindBadSetting() ?? builder.FindUnusablePort()) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 78;
}

// CStore and the inference server where no real ones are named; null when both are, and when publishing.
var mock = builder.AddMock();

// The Redis at which replicas find each other; null when there is none, and then every service runs once.
var redis = builder.AddMeetingPoint();
var replicas = redis is null ? 1 : 2;

var runner = builder
    .AddProject<Projects.DataGen_Runner>("runner")
    .WithInference(mock)
    .WithSettings(Settings.Runner)
    .WithReplicas(replicas)
    .WithServiceDefaults("Bot");

var tasks = builder
    .AddProject<Projects.DataGen_Tasks>("tasks")
    .WithCStore(mock)
    .WithSettings(Settings.Tasks)
    .WithReference(runner)
    .WithRedis(redis)
    .WithReplicas(replicas)
    .WithServiceDefaults("TaskListLtr");

var explorer = builder
    .AddProject<Projects.DataGen_Explorer>("explorer")
    .WithSettings(Settings.Explorer)
    .WithReference(tasks)
    .WithReplicas(replicas)
    .WithServiceDefaults("DataHistogram");

var web = builder
    .AddProject<Projects.DataGen_Web>("web")
    .WithSettings(Settings.Web)
    .WithReference(tasks)
    .WithReference(explorer)
    .WithRedis(redis)
    .WithReplicas(replicas)
    .WithServiceDefaults("WindowText");

var gateway = builder
    .AddProject<Projects.DataGen_Gateway>("gateway")
    // Aspire would publish a setting that trusts them from everyone; DATAGEN_TRUSTED_PROXIES names the trusted proxies.
    .DisableForwardedHeaders()
    .WithPublicEndpoint()
    .WithCStore(mock)
    .WithUsers()
    .WithSettings(Settings.Gateway)
    .WithRedis(redis)
    .WithReference(tasks)
    .WithReference(explorer)
    .WithReference(web)
    .WithServiceDefaults("ShieldKeyhole")
    .WithSeedCommand();

web.WithParentRelationship(gateway);
mock?.WithParentRelationship(runner);

// First, so that it also tells of what comes to an end while another resource is waited for.
builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StartupBanner>());
await builder.Build().RunAsync();
return Environment.ExitCode;
