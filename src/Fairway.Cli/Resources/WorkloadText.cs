using Fairway.Cli.Output.Documents;

namespace Fairway.Cli.Resources;

/// <summary>The container behind an endpoint, as its engine calls it: <c>docker shop</c>, and of a pod <c>cni default/web-0</c>.</summary>
internal static class WorkloadText
{
    // As the kubelet labels containers.
    private const string PodNamespaceLabel = "io.kubernetes.pod.namespace";
    private const int ShortId = 12;

    /// <summary>In a column.</summary>
    public static string Short(OwnerDocument owner) => $"{owner.Engine} {NameOf(owner) ?? (owner.Id.Length > ShortId ? owner.Id[..ShortId] : owner.Id)}";

    /// <summary>With the whole id.</summary>
    public static string Long(OwnerDocument owner) => $"{owner.Engine} {owner.Id}{(NameOf(owner) is { } name && name != owner.Id ? $" ({name})" : "")}";

    private static string? NameOf(OwnerDocument owner) =>
        owner.Name is { } name && owner.Labels?.GetValueOrDefault(PodNamespaceLabel) is { } space ? $"{space}/{name}" : owner.Name;
}
