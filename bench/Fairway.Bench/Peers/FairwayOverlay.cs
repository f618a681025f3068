using System.Net;
using Fairway.Bench.Running;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;
using Fairway.Model.Requests;

namespace Fairway.Bench.Peers;

/// <summary>A daemon on each host, and an overlay network of both.</summary>
internal sealed class FairwayOverlay : OverlayPair, IDisposable
{
    private readonly List<FairwayDaemon> _daemons = [];

    public FairwayOverlay(HostSpace space) : base(space)
    {
        foreach (int host in (int[])[1, 2])
        {
            var daemon = new FairwayDaemon($"foverlay{host}", $"/run/netns/{Host(host)}");
            _daemons.Add(daemon);
            daemon.Client.CreateNetworkAsync(new NetworkSpec
            {
                Name = "pods",
                Type = NetworkType.Overlay,
                Subnets = [new SubnetSpec(IPNetwork.Parse("10.54.0.0/24"), IPAddress.Parse("10.54.0.254")) { VirtualSubnet = 4096 }],
            }).GetAwaiter().GetResult();
            daemon.Client.CreateEndpointAsync(Endpoint(host) with { NetnsPath = $"/run/netns/{ContainerOf(host)}" }).GetAwaiter().GetResult();
            daemon.Client.CreateEndpointAsync(Endpoint(3 - host) with { ProviderAddress = AddressOf(3 - host) }).GetAwaiter().GetResult();
        }
    }

    public void Dispose()
    {
        foreach (FairwayDaemon daemon in _daemons)
            daemon.Dispose();
    }

    private static CreateEndpointRequest Endpoint(int host) => new()
    {
        Name = $"c{host}",
        Network = "pods",
        Addresses = [ContainerAddressOf(host)],
        MacAddress = new MacAddress(0x02_00_00_00_54_00UL + (ulong)host),
    };
}
