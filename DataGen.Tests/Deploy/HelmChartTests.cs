using DataGen.Runner.Draining;
using DataGen.ServiceDefaults;
using k8s.Models;

namespace DataGen.Tests.Deploy;

/// <summary>What <c>deploy/helm</c> makes, read as the Kubernetes API reads it.</summary>
public sealed class HelmChartTests(ChartFixture chart) : IClassFixture<ChartFixture>
{
    // StopDeadline ends a process whose stop is so much overdue.
    private const int OverdueSeconds = 3;

    private static readonly string[] Services = ["explorer", "gateway", "runner", "tasks", "web"];

    private RenderedChart Rendered => chart.Rendered;

    [Fact]
    public async Task Helm_finds_nothing_to_say_about_it()
    {
        var (exitCode, output, error) = await Helm.RunAsync("lint", "--strict", Helm.Chart);
        Assert.True(exitCode == 0, output + error);
    }

    [Fact]
    public void Every_service_has_a_deployment_an_address_a_budget_and_a_policy_of_its_own()
    {
        Assert.Equal(Services, Rendered.Deployments.Keys.Order());
        Assert.Equal(Services, Rendered.Of<V1Service>().Select(each => Rendered.Selected(each.Spec.Selector)).Order());
        Assert.Equal(
            Services,
            Rendered.Of<V1PodDisruptionBudget>().Select(each => Rendered.Selected(each.Spec.Selector)).Order()
        );
        Assert.Equal(
            Services,
            Rendered.Of<V1NetworkPolicy>().Select(each => Rendered.Selected(each.Spec.PodSelector)).Order()
        );
        Assert.Equal(4 * Services.Length + 2, Rendered.Objects.Count); // and the autoscaler and the ingress
    }

    [Fact]
    public void A_deployment_selects_its_own_pods() =>
        Assert.All(Rendered.Deployments, pair => Assert.Equal(pair.Key, Rendered.Selected(pair.Value.Spec.Selector)));

    [Fact]
    public void An_address_sends_to_the_ports_of_the_pods() =>
        Assert.All(
            Rendered.Of<V1Service>(),
            service =>
                Assert.Equal(
                    Rendered
                        .Container(Rendered.Selected(service.Spec.Selector))
                        .Ports.Select(port => (port.Name, port.ContainerPort)),
                    service.Spec.Ports.Select(port => ((string)port.TargetPort, port.Port))
                )
        );

    [Fact]
    public void The_autoscaler_and_the_ingress_point_at_what_is_there()
    {
        var target = Assert.Single(Rendered.Of<V2HorizontalPodAutoscaler>()).Spec.ScaleTargetRef;
        Assert.Equal(Rendered.Deployments["runner"].Metadata.Name, target.Name);
        Assert.Null(Rendered.Deployments["runner"].Spec.Replicas); // an upgrade would set it back

        var backend = Assert.Single(Rendered.Of<V1Ingress>()).Spec.Rules.Single().Http.Paths.Single().Backend.Service;
        var gateway = Rendered.Of<V1Service>().Single(each => each.Metadata.Name == backend.Name);
        Assert.Equal("gateway", Rendered.Selected(gateway.Spec.Selector));
        Assert.Contains(gateway.Spec.Ports, port => port.Name == backend.Port.Name);
        Assert.Equal("datagen.example.com", Rendered.Variable("gateway", "DATAGEN_ALLOWED_HOSTS")!.Value);
    }

    [Fact]
    public async Task Without_an_autoscaler_there_are_as_many_as_asked_for()
    {
        var rendered = await RenderedChart.Of(Helm.Least, "runner: { replicas: 3 }");
        Assert.Equal(3, rendered.Deployments["runner"].Spec.Replicas);
        Assert.Empty(rendered.Of<V2HorizontalPodAutoscaler>());
        Assert.Empty(rendered.Of<V1Ingress>());
    }

    [Fact]
    public void Whether_a_pod_lives_and_whether_it_is_ready_are_asked_apart() =>
        Assert.All(
            Services.Select(Rendered.Container),
            container =>
            {
                Assert.Equal(("/alive", "http"), Asked(container.StartupProbe));
                Assert.Equal(("/alive", "http"), Asked(container.LivenessProbe));
                Assert.Equal(("/health", "http"), Asked(container.ReadinessProbe));
                Assert.Contains(container.Ports, port => port.Name == "http");
            }
        );

    [Fact]
    public void A_pod_may_do_nothing_that_it_does_not_need() =>
        Assert.All(
            Rendered.Deployments.Values.Select(deployment => deployment.Spec.Template.Spec),
            pod =>
            {
                var container = Assert.Single(pod.Containers);
                Assert.False(pod.AutomountServiceAccountToken);
                Assert.True(pod.SecurityContext.RunAsNonRoot);
                Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Equal("/tmp", Assert.Single(container.VolumeMounts).MountPath);
                Assert.NotNull(Assert.Single(pod.Volumes).EmptyDir.SizeLimit);
                Assert.Contains("memory", container.Resources.Limits);
                Assert.Contains("memory", container.Resources.Requests);
                Assert.Contains("cpu", container.Resources.Requests);
            }
        );

    [Theory]
    [InlineData("", 8)]
    [InlineData("25", 25)]
    [InlineData("0", 0)]
    public async Task A_Runner_is_given_the_time_that_its_drain_takes(string setting, int seconds)
    {
        var rendered = await RenderedChart.Of(Helm.Least, $"settings: {{ DATAGEN_DRAIN_SECONDS: \"{setting}\" }}");
        Assert.InRange(
            rendered.Deployments["runner"].Spec.Template.Spec.TerminationGracePeriodSeconds ?? 0,
            (
                TimeSpan.FromSeconds(seconds + OverdueSeconds)
                + Drain.LastMessages
                + ServiceDefaultsExtensions.ShutdownTimeout
            ).TotalSeconds,
            60
        );
    }

    [Theory]
    [InlineData("DATAGEN_SESSION_SECRET", "runner", false)]
    [InlineData("R1EN_CSTORE_AUTH_SECRET", "gateway", false)]
    [InlineData("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", "gateway", true)]
    [InlineData("ConnectionStrings__redis", "tasks", false)]
    [InlineData("DATAGEN_INFERENCE_API_KEY", "runner", true)]
    public void A_secret_is_named_and_not_shown(string name, string service, bool mayBeMissing)
    {
        var variable = Rendered.Variable(service, name)!;
        Assert.Null(variable.Value);
        Assert.Equal(
            ("datagen", name, mayBeMissing),
            (
                variable.ValueFrom.SecretKeyRef.Name,
                variable.ValueFrom.SecretKeyRef.Key,
                variable.ValueFrom.SecretKeyRef.Optional
            )
        );
    }

    [Fact]
    public async Task An_address_with_a_password_can_be_a_secret_too()
    {
        var rendered = await RenderedChart.Of(
            """
            settings: { DATAGEN_INFERENCE_BASE_URL: "http://model" }
            secret: { optional: [EE_CHAINSTORE_API_URL] }
            """
        );
        Assert.Equal(
            "EE_CHAINSTORE_API_URL",
            rendered.Variable("tasks", "EE_CHAINSTORE_API_URL")!.ValueFrom.SecretKeyRef.Key
        );
    }

    [Theory]
    [InlineData("1000000", "1000000")]
    [InlineData("\"1000000\"", "1000000")]
    public async Task A_large_number_stays_one(string value, string expected)
    {
        var rendered = await RenderedChart.Of(
            Helm.Least,
            $"settings: {{ DATAGEN_MAX_RECORDS_PER_JOB: {value}, DATAGEN_PRICE_INPUT_PER_MTOK: 0.15 }}"
        );
        Assert.Equal(expected, rendered.Variable("tasks", "DATAGEN_MAX_RECORDS_PER_JOB")!.Value);
        Assert.Equal("0.15", rendered.Variable("tasks", "DATAGEN_PRICE_INPUT_PER_MTOK")!.Value);
    }

    [Theory]
    [InlineData("settings: { DATAGEN_MAX_RECORDS: 5 }", "DATAGEN_MAX_RECORDS")]
    [InlineData("settings: { DATAGEN_DRAIN_SECONDS: 26 }", "DATAGEN_DRAIN_SECONDS")]
    [InlineData("settings: { DATAGEN_MAX_ATTEMPTS: many }", "DATAGEN_MAX_ATTEMPTS")]
    [InlineData("runner: { replica: 5 }", "replica")]
    [InlineData("settings: { DATAGEN_INFERENCE_BASE_URL: \"\" }", "DATAGEN_INFERENCE_BASE_URL")]
    [InlineData("settings: { R1EN_CHAINSTORE_API_URL: \"\" }", "R1EN_CHAINSTORE_API_URL")]
    [InlineData("secret: { required: [DATAGEN_SESSION_SECRET] }", "ConnectionStrings__redis")]
    [InlineData("settings: { DATAGEN_SESSION_SECRET: shown }", "DATAGEN_SESSION_SECRET")]
    public async Task A_value_that_cannot_work_is_refused_by_its_name(string values, string name)
    {
        var (exitCode, _, error) = await Helm.TemplateAsync(Helm.Least, values);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.DoesNotContain("shown", error, StringComparison.Ordinal);
    }

    private static (string, string) Asked(V1Probe probe) => (probe.HttpGet.Path, (string)probe.HttpGet.Port);
}
