namespace Fairway.Engines.Tests.Podman;

/// <summary>Podman with its older backend: it calls the plugins of CNI, and <c>fairway-cni</c> among them.</summary>
public sealed class PodmanCniHost : IAsyncLifetime
{
    public const string Network = "pods";

    public PodmanCniHost() => Podman = new PodmanHost(Machine, cni: true);

    public Machine Machine { get; } = new();

    public PodmanHost Podman { get; }

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        await Podman.InitializeAsync();
        await File.WriteAllTextAsync(Path.Combine(Podman.NetworkDirectory, "10-pods.conflist"), $$"""
            {
              "cniVersion": "1.0.0", "name": "{{Network}}",
              "plugins": [
                {
                  "type": "fairway-cni", "socket": "{{Machine.SocketPath}}", "subnets": [{"subnet": "10.78.0.0/24"}],
                  "capabilities": { "portMappings": true, "ips": true, "mac": true, "aliases": true }
                }
              ]
            }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Podman.DisposeAsync();
        var left = string.Join(", ", (await Machine.Client.ListEndpointsAsync()).Select(endpoint => endpoint.Spec.Name));
        await Machine.DisposeAsync();
        Assert.Equal("", left);
    }
}
