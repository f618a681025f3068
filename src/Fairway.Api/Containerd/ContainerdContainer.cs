namespace Fairway.Api.Containerd;

/// <summary>A container as containerd keeps it.</summary>
/// <param name="Workload">What CNI is told as the container's id: the pod's sandbox, or namespace and id as <c>ctr</c> and <c>nerdctl</c> join them.</param>
/// <param name="Name">What the user calls it, or null when the pod has the name, or nobody gave one.</param>
/// <param name="Image">The image, as it was asked for where that is known.</param>
internal sealed record ContainerdContainer(string Workload, string? Name, string Image);
