namespace Fairway.Cli.Podman;

/// <summary>A subnet of Podman's.</summary>
internal sealed record PodmanSubnet(string Subnet, string? Gateway, PodmanRange LeaseRange);
