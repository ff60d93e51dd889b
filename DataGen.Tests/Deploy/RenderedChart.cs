using k8s;
using k8s.Models;

namespace DataGen.Tests.Deploy;

/// <summary>What helm makes of the chart, as the objects of the Kubernetes API.</summary>
internal sealed class RenderedChart(IReadOnlyList<IKubernetesObject> objects)
{
    private const string Component = "app.kubernetes.io/component";

    public IReadOnlyList<IKubernetesObject> Objects => objects;

    /// <summary>The deployments by the service's name.</summary>
    public IReadOnlyDictionary<string, V1Deployment> Deployments { get; } =
        objects.OfType<V1Deployment>().ToDictionary(deployment => deployment.Metadata.Labels[Component]);

    /// <summary>Renders it. A name that Kubernetes does not know, or a value of another type than it wants, is an
    /// exception.</summary>
    public static async Task<RenderedChart> Of(params string[] values)
    {
        var (exitCode, output, error) = await Helm.TemplateAsync(values);
        Assert.True(exitCode == 0, error);
        return new([.. KubernetesYaml.LoadAllFromString(output, strict: true).Cast<IKubernetesObject>()]);
    }

    public IEnumerable<T> Of<T>() => objects.OfType<T>();

    /// <summary>The one service whose pods have these labels.</summary>
    public string Selected(V1LabelSelector selector) => Selected(selector.MatchLabels);

    public string Selected(IDictionary<string, string> labels) =>
        Assert
            .Single(Deployments, pair => labels.All(label => pair.Value.Spec.Template.Metadata.Labels.Contains(label)))
            .Key;

    public V1Container Container(string service) => Assert.Single(Deployments[service].Spec.Template.Spec.Containers);

    public V1EnvVar? Variable(string service, string name) =>
        Container(service).Env.SingleOrDefault(variable => variable.Name == name);
}
