using System.Diagnostics;
using System.Net;
using Fairway.Bench.DataPath;
using Fairway.Client;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Requests;

namespace Fairway.Bench.Hosts;

/// <summary>Two hosts with a daemon each, and a container each on an overlay network of both.</summary>
internal sealed class OverlayPair : IDisposable
{
    public const string Name = "overlay";
    private static readonly string s_work = Path.Combine(Path.GetTempPath(), "fairway-bench-overlay");
    private readonly List<Process> _daemons = [];

    public OverlayPair()
    {
        Dispose();
        HostPair.Make("fwb-o");
        for (int host = 1; host <= 2; host++)
            Make(host);
    }

    public Scenario Scenario { get; } = new(Name, "/run/netns/fwb-oc1", "/run/netns/fwb-oc2", IPAddress.Parse("10.54.0.2"));

    public void Dispose()
    {
        foreach (Process daemon in _daemons)
        {
            daemon.Kill();
            daemon.WaitForExit();
            daemon.Dispose();
        }
        for (int host = 1; host <= 2; host++)
        {
            if (File.Exists($"/run/netns/fwb-o{host}"))
                Shell.Run($"nsenter --net=/run/netns/fwb-o{host} {Command(host)} --uninstall", mayFail: true);
        }
        Shell.Run("for n in fwb-oc1 fwb-oc2 fwb-o1 fwb-o2; do ip netns del $n; done", mayFail: true);
        if (Directory.Exists(s_work))
            Directory.Delete(s_work, recursive: true);
    }

    private void Make(int host)
    {
        Directory.CreateDirectory(s_work);
        Process daemon = Shell.Start("sh", "-c", $"exec nsenter --net=/run/netns/fwb-o{host} {Command(host)} >{s_work}/log{host} 2>&1");
        _daemons.Add(daemon);
        using var client = new FairwayClient(new FairwayClientOptions { SocketPath = $"{s_work}/{host}.sock" });
        AwaitReady(client, daemon);
        client.CreateNetworkAsync(new NetworkSpec
        {
            Name = "pods",
            Type = NetworkType.Overlay,
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.54.0.0/24"), IPAddress.Parse("10.54.0.254")) { VirtualSubnet = 4096 }],
        }).GetAwaiter().GetResult();
        Shell.Run($"ip netns add fwb-oc{host}");
        client.CreateEndpointAsync(Endpoint(host) with { NetnsPath = $"/run/netns/fwb-oc{host}" }).GetAwaiter().GetResult();
        client.CreateEndpointAsync(Endpoint(3 - host) with { ProviderAddress = IPAddress.Parse(HostPair.AddressOf(3 - host)) }).GetAwaiter().GetResult();
    }

    private static CreateEndpointRequest Endpoint(int host) => new()
    {
        Name = $"c{host}",
        Network = "pods",
        Addresses = [IPAddress.Parse($"10.54.0.{host}")],
        MacAddress = new MacAddress(0x02_00_00_00_54_00UL + (ulong)host),
    };

    private static void AwaitReady(FairwayClient client, Process daemon)
    {
        for (long start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                client.GetHealthAsync().GetAwaiter().GetResult();
                return;
            }
            catch (FairwayException) when (!daemon.HasExited && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
            {
                Thread.Sleep(5);
            }
        }
    }

    private static string Command(int host) => $"{FairwayHost.Daemon} --instance fwbo{host} --socket {s_work}/{host}.sock --state {s_work}/state{host}";
}
