using System.Text.Json;
using Fairway.Api.Containerd.Protocol;

namespace Fairway.Api.Containerd;

/// <summary>Reads what containerd keeps of a container. Of a pod's containers the runtime specification's annotations say which pod it is.</summary>
internal static class ContainerReader
{
    // pkg/cri/annotations of containerd.
    private const string Kind = "io.kubernetes.cri.container-type";
    private const string Sandbox = "io.kubernetes.cri.sandbox-id";
    private const string ImageName = "io.kubernetes.cri.image-name";

    // nerdctl's ids are hashes; its names are labels.
    private const string NameLabel = "nerdctl/name";
    private const int HashLength = 64;

    /// <summary>The container, or null for what holds a pod's namespaces and runs nothing of the user's.</summary>
    public static ContainerdContainer? Read(string containerdNamespace, Container told)
    {
        var annotations = Annotations(told);
        if (annotations.GetValueOrDefault(Kind) == "sandbox") return null;
        var image = annotations.GetValueOrDefault(ImageName) is { Length: > 0 } asked ? asked : told.Image;
        if (annotations.GetValueOrDefault(Sandbox) is { } pod) return new ContainerdContainer(pod, null, image);
        var name = told.Labels.TryGetValue(NameLabel, out var label) ? label : told.Id.Length < HashLength ? told.Id : null;
        return new ContainerdContainer($"{containerdNamespace}-{told.Id}", name, image);
    }

    private static Dictionary<string, string> Annotations(Container told)
    {
        var annotations = new Dictionary<string, string>();
        if (told.Spec is not { Value.IsEmpty: false } spec) return annotations;
        using var document = JsonDocument.Parse(spec.Value.Memory);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("annotations", out var written) || written.ValueKind != JsonValueKind.Object)
            return annotations;
        foreach (var annotation in written.EnumerateObject())
            if (annotation.Value.ValueKind == JsonValueKind.String)
                annotations[annotation.Name] = annotation.Value.GetString()!;
        return annotations;
    }
}
