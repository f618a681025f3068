namespace Fairway.Cli.Podman;

/// <summary>Podman's slice of a subnet.</summary>
internal sealed record PodmanRange(string StartIp, string EndIp);
