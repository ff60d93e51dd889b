using Aspire.Hosting.ApplicationModel;

namespace DataGen.Tests.Aspire;

/// <summary>What a run of the app host is made of.</summary>
public sealed class AppModelTests
{
    private static readonly string[] Replicated = ["explorer", "runner", "tasks", "web"];

    [Fact]
    public async Task Every_service_finds_the_ones_it_calls()
    {
        await using var model = await AppModel.CreateAsync();
        Assert.Contains("services__runner__grpc__0", await model.EnvironmentAsync("tasks"));
        Assert.Contains("services__tasks__grpc__0", await model.EnvironmentAsync("web"));
        Assert.Contains("services__tasks__grpc__0", await model.EnvironmentAsync("gateway"));
        Assert.Contains("services__tasks__grpc__0", await model.EnvironmentAsync("explorer"));
        Assert.Contains("services__explorer__grpc__0", await model.EnvironmentAsync("web"));
        Assert.Contains("services__explorer__grpc__0", await model.EnvironmentAsync("gateway"));
        Assert.Contains("services__web__http__0", await model.EnvironmentAsync("gateway"));
    }

    [Theory]
    [InlineData("runner")]
    [InlineData("tasks")]
    [InlineData("explorer")]
    [InlineData("web")]
    [InlineData("gateway")]
    public async Task Every_service_has_the_secret_that_signs_who_is_asking(string name)
    {
        await using var model = await AppModel.CreateAsync();
        Assert.Equal("{datagen-session-secret.value}", (await model.EnvironmentAsync(name))["DATAGEN_SESSION_SECRET"]);
    }

    [Fact]
    public async Task Without_settings_the_mock_is_a_project_there_is_no_Redis_and_nothing_waits_for_another()
    {
        await using var model = await AppModel.CreateAsync();
        Assert.IsType<ProjectResource>(model.Find("mock"));
        Assert.False(model.Has("redis"));
        Assert.All(Replicated, name => Assert.Equal(1, model.Replicas(name)));
        Assert.All(
            Replicated.Append("gateway"),
            name => Assert.Empty(model.Find(name)!.Annotations.OfType<WaitAnnotation>())
        );
        foreach (var name in (string[])["gateway", "tasks"])
        {
            Assert.Equal(
                "http://datagen:{mock-node-secret.value}@{mock.bindings.http.host}:{mock.bindings.http.port}",
                (await model.EnvironmentAsync(name))["EE_CHAINSTORE_API_URL"]
            );
        }

        Assert.Equal("{mock-node-secret.value}", (await model.EnvironmentAsync("mock"))["MOCK_NODE_SECRET"]);
        Assert.Equal(
            "{mock.bindings.http.url}",
            (await model.EnvironmentAsync("runner"))["DATAGEN_INFERENCE_BASE_URL"]
        );
    }

    [Fact]
    public async Task With_a_Redis_named_there_are_two_of_each_service_behind_the_Gateway()
    {
        await using var model = await AppModel.CreateAsync("ConnectionStrings:redis=localhost:6379");
        Assert.All(Replicated, name => Assert.Equal(2, model.Replicas(name)));
        Assert.Contains("ConnectionStrings__redis", await model.EnvironmentAsync("tasks"));
        Assert.Contains("ConnectionStrings__redis", await model.EnvironmentAsync("web"));
    }

    [Fact]
    public async Task With_containers_allowed_the_mock_and_Redis_are_containers()
    {
        await using var model = await AppModel.CreateAsync("UseContainers=true");
        Assert.IsType<ContainerResource>(model.Find("mock"), exactMatch: false);
        Assert.IsType<ContainerResource>(model.Find("redis"), exactMatch: false);
        Assert.All(Replicated, name => Assert.Equal(2, model.Replicas(name)));
    }

    [Fact]
    public async Task With_everything_kept_in_Redis_and_a_real_inference_server_there_is_no_mock()
    {
        await using var model = await AppModel.CreateAsync(
            "ConnectionStrings:redis=localhost:6379",
            "DATAGEN_CSTORE=Redis",
            "DATAGEN_INFERENCE_BASE_URL=http://inference.example"
        );
        Assert.False(model.Has("mock"));
    }

    [Fact]
    public async Task A_setting_of_the_users_given_by_its_older_name_is_used()
    {
        await using var model = await AppModel.CreateAsync(
            "EE_CSTORE_AUTH_HKEY=auth:older",
            "EE_CSTORE_AUTH_SECRET=older-secret",
            "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD=older-password"
        );
        Assert.Equal("auth:older", await model.ParameterAsync("r1en-cstore-auth-hkey"));
        Assert.Equal("older-secret", await model.ParameterAsync("r1en-cstore-auth-secret"));
        Assert.Equal("older-password", await model.ParameterAsync("r1en-cstore-auth-bootstrap-admin-pwd"));
    }

    [Fact]
    public async Task Where_real_servers_are_named_there_is_no_mock_and_a_key_is_a_secret()
    {
        await using var model = await AppModel.CreateAsync(
            "EE_CHAINSTORE_API_URL=http://cstore.example",
            "DATAGEN_INFERENCE_BASE_URL=http://inference.example",
            "DATAGEN_INFERENCE_API_KEY=sk-not-to-be-shown"
        );
        Assert.False(model.Has("mock"));
        Assert.Equal(
            "{datagen-inference-base-url.value}",
            (await model.EnvironmentAsync("runner"))["DATAGEN_INFERENCE_BASE_URL"]
        );
        Assert.True(Assert.IsType<ParameterResource>(model.Find("datagen-inference-api-key")).Secret);
    }

    [Theory]
    [InlineData("UseContainers=false")]
    [InlineData("UseContainers=true")]
    public async Task Every_parameter_says_in_the_dashboard_what_it_is(string setting)
    {
        await using var model = await AppModel.CreateAsync(setting);
        var parameters = model.Resources.OfType<ParameterResource>().ToArray();
        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.False(string.IsNullOrEmpty(parameter.Description), parameter.Name));
    }

    [Fact]
    public async Task The_address_of_a_node_that_holds_a_password_is_a_secret()
    {
        await using var model = await AppModel.CreateAsync(
            "EE_CHAINSTORE_API_URL=http://user:password@cstore.example",
            "EE_R1FS_API_URL=http://r1fs.example"
        );
        Assert.True(Assert.IsType<ParameterResource>(model.Find("ee-chainstore-api-url")).Secret);
        Assert.False(Assert.IsType<ParameterResource>(model.Find("ee-r1fs-api-url")).Secret);
    }

    [Fact]
    public async Task The_dashboard_offers_faults_and_a_sample_dataset_and_shows_what_belongs_to_what()
    {
        await using var model = await AppModel.CreateAsync();
        Assert.Equal(
            ["fail", "limit", "reset", "slow"],
            model.Find("mock")!.Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Name).Order()
        );
        Assert.Contains(
            model.Find("gateway")!.Annotations.OfType<ResourceCommandAnnotation>(),
            command => command.Name == "seed"
        );
        foreach (var (child, parent) in (ValueTuple<string, string>[])[("web", "gateway"), ("mock", "runner")])
        {
            Assert.Contains(
                model.Find(child)!.Annotations.OfType<ResourceRelationshipAnnotation>(),
                relation => relation.Type == "Parent" && relation.Resource.Name == parent
            );
        }
    }
}
