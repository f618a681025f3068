using System.Collections.Immutable;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Endpoints;

namespace Fairway.Cni.Commands;

/// <summary>How containers of CNI runtimes are known to the daemon.</summary>
internal static class Workload
{
    public const string Engine = "cni";

    /// <summary>The label that holds the configuration list's name: several lists may share a network, and each collects its own garbage.</summary>
    public const string ListLabel = "cni.dev/network";

    // As the kubelet labels containers.
    private const string PodNameLabel = "io.kubernetes.pod.name";
    private const string PodNamespaceLabel = "io.kubernetes.pod.namespace";
    private const string PodUidLabel = "io.kubernetes.pod.uid";

    // A hash has 64 digits and is nobody's name.
    private const int HashLength = 64;

    /// <summary>The owner to make an endpoint for.</summary>
    public static Owner Owner(CniEnvironment environment, NetworkConfiguration configuration)
    {
        var arguments = environment.Arguments;
        var labels = configuration.Wishes.Labels.SetItem(ListLabel, configuration.Name);
        labels = With(With(With(labels, PodNameLabel, arguments.PodName), PodNamespaceLabel, arguments.PodNamespace), PodUidLabel, arguments.PodUid);
        var name = !string.IsNullOrEmpty(arguments.PodName) ? arguments.PodName : environment.ContainerId.Length < HashLength ? environment.ContainerId : null;
        return Key(environment) with { Name = name, Labels = labels };
    }

    /// <summary>The owner to find an endpoint by.</summary>
    public static Owner Key(CniEnvironment environment) => new(Engine, environment.ContainerId);

    private static ImmutableDictionary<string, string> With(ImmutableDictionary<string, string> labels, string key, string? value) =>
        string.IsNullOrEmpty(value) ? labels : labels.SetItem(key, value);
}
