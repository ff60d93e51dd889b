using System.Globalization;
using k8s.Models;

namespace DataGen.Tests.Deploy;

/// <summary>Who may call whom when the chart's network policies are in force.</summary>
public sealed class NetworkPolicyTests(ChartFixture chart) : IClassFixture<ChartFixture>
{
    // Between the Tasks pods any port: each takes a free one for their cluster.
    private static readonly (string From, string To, int? Port)[] Arrows =
    [
        ("explorer", "tasks", 8081),
        ("gateway", "explorer", 8081),
        ("gateway", "tasks", 8081),
        ("gateway", "web", 8080),
        ("tasks", "runner", 8081),
        ("tasks", "tasks", null),
        ("web", "explorer", 8081),
        ("web", "tasks", 8081),
    ];

    // The ports of ChartFixture.Everything.
    private const int Redis = 1;
    private const int CStore = 2;
    private const int R1fs = 3;
    private const int Inference = 4;
    private const int Telemetry = 5;

    private RenderedChart Rendered => chart.Rendered;

    [Fact]
    public void A_service_is_called_by_those_before_it_and_by_no_others() =>
        Assert.Equal(
            Arrows,
            Rendered
                .Of<V1NetworkPolicy>()
                .SelectMany(policy =>
                    policy
                        .Spec.Ingress.Where(rule => rule.FromProperty is not null)
                        .Select(rule =>
                            (
                                Rendered.Selected(Assert.Single(rule.FromProperty).PodSelector),
                                Rendered.Selected(policy.Spec.PodSelector),
                                Port(rule.Ports)
                            )
                        )
                )
                .Order()
        );

    [Fact]
    public void Only_the_Gateway_is_called_from_anywhere() =>
        Assert.Equal(
            [("gateway", (int?)8080)],
            Rendered
                .Of<V1NetworkPolicy>()
                .SelectMany(policy =>
                    policy
                        .Spec.Ingress.Where(rule => rule.FromProperty is null)
                        .Select(rule => (Rendered.Selected(policy.Spec.PodSelector), Port(rule.Ports)))
                )
        );

    [Fact]
    public void A_service_calls_those_behind_it_and_no_others() =>
        Assert.Equal(
            Arrows,
            Rendered
                .Of<V1NetworkPolicy>()
                .SelectMany(policy =>
                    policy
                        .Spec.Egress.SelectMany(rule => rule.To ?? [], (rule, peer) => (rule, peer))
                        .Where(each => each.peer.PodSelector is not null)
                        .Select(each =>
                            (
                                Rendered.Selected(policy.Spec.PodSelector),
                                Rendered.Selected(each.peer.PodSelector),
                                Port(each.rule.Ports)
                            )
                        )
                )
                .Order()
        );

    [Fact]
    public void Outside_it_reaches_only_the_stores_that_it_uses() =>
        Assert.Equal(
            [
                ("explorer", $"{Telemetry}"),
                ("gateway", $"{CStore} {Telemetry}"),
                ("runner", $"{Inference} {Telemetry}"),
                ("tasks", $"{Redis} {CStore} {R1fs} {Telemetry}"),
                ("web", $"{Redis} {Telemetry}"),
            ],
            Outside(Rendered)
        );

    [Fact]
    public async Task Where_Redis_is_the_store_no_node_is_reached_and_the_Gateway_reaches_Redis()
    {
        var rendered = await RenderedChart.Of(
            Helm.Least,
            ChartFixture.Everything,
            "settings: { DATAGEN_CSTORE: redis, R1EN_R1FS_API_URL: '', OTEL_EXPORTER_OTLP_ENDPOINT: '' }"
        );
        Assert.Equal(
            [
                ("explorer", ""),
                ("gateway", $"{Redis}"),
                ("runner", $"{Inference}"),
                ("tasks", $"{Redis}"),
                ("web", $"{Redis}"),
            ],
            Outside(rendered)
        );
    }

    [Fact]
    public void Everything_else_is_refused() =>
        Assert.All(
            Rendered.Of<V1NetworkPolicy>(),
            policy =>
            {
                Assert.Equal(["Egress", "Ingress"], policy.Spec.PolicyTypes.Order());
                Assert.Single(policy.Spec.Egress, IsNames);
                Assert.All(policy.Spec.Egress, rule => Assert.True(rule.To?.Count > 0 || rule.Ports?.Count > 0));
            }
        );

    private static (string, string)[] Outside(RenderedChart rendered) =>
        [
            .. rendered
                .Of<V1NetworkPolicy>()
                .Select(policy =>
                    (
                        rendered.Selected(policy.Spec.PodSelector),
                        string.Join(
                            ' ',
                            policy.Spec.Egress.Where(rule => rule.To is null or []).Select(rule => Port(rule.Ports))
                        )
                    )
                )
                .Order(),
        ];

    // The look-up of names, in the namespace of the cluster's own pods.
    private static bool IsNames(V1NetworkPolicyEgressRule rule) =>
        rule.Ports?.Select(port => $"{port.Protocol} {port.Port}") is { } ports
        && ports.SequenceEqual(["UDP 53", "TCP 53"])
        && rule.To.Single().NamespaceSelector.MatchLabels.Values.Single() == "kube-system";

    private static int? Port(IList<V1NetworkPolicyPort>? ports) =>
        ports is null ? null : int.Parse((string)Assert.Single(ports).Port, CultureInfo.InvariantCulture);
}
