using System.Net.Sockets;

namespace Fairway.Machines.Tests;

/// <summary>
/// One guest with a NIC on each of three networks of its host: <c>web</c> (nat), <c>lan</c> (transparent) and <c>pods</c> (overlay), and containers on
/// each, those of <c>pods</c> on another host.
/// </summary>
public sealed class GuestWorld : IAsyncLifetime
{
    private readonly string _work = Directory.CreateTempSubdirectory("fairway-machines-").FullName;
    private Qemu? _guest;

    public Fabric Fabric { get; } = new();

    public Machine Host => Fabric.Hosts[0];

    public bool HasKernel { get; private set; }

    public IReadOnlyDictionary<string, string> Results { get; private set; } = new Dictionary<string, string>();

    internal Place Neighbour { get; private set; } = null!;

    internal Place Station { get; private set; } = null!;

    internal Place Remote { get; private set; } = null!;

    public const string Station4 = "198.51.100.130", Guest4 = "198.51.100.131";

    public const string Pod4 = "10.50.0.12", Pod6 = "fd50::12", GuestPod4 = "10.50.0.11", GuestPod6 = "fd50::11";

    private const string PodMac = "02:00:00:00:50:12", GuestPodMac = "02:00:00:00:50:11";

    public async ValueTask InitializeAsync()
    {
        KernelPackage? kernel = await KernelPackage.GetAsync();
        HasKernel = kernel is not null;
        if (kernel is null)
            return;
        await Fabric.InitializeAsync();
        await MakeNetworksAsync();
        GuestNic[] nics = [await GuestNic.OfAsync(Host, "vm-web"), await GuestNic.OfAsync(Host, "vm-lan"), await GuestNic.OfAsync(Host, "vm-pods")];
        string image = await new GuestImage(Directory.CreateDirectory(Path.Combine(_work, "root")).FullName, kernel).BuildAsync(await ScriptAsync(nics));
        _guest = await Qemu.BootAsync(Host.Host.Path, kernel, image, _work, nics.SelectMany((nic, number) => nic.Options(number)));
        await _guest.WaitForAsync("finished");
        Results = _guest.Results;
    }

    public async ValueTask DisposeAsync()
    {
        if (_guest is not null)
            await _guest.DisposeAsync();
        if (HasKernel)
            await Fabric.DisposeAsync();
        Directory.Delete(_work, recursive: true);
    }

    private async Task MakeNetworksAsync()
    {
        await Host.DoAsync("network create web");
        await Host.DoAsync($"network create lan --type transparent --uplink up0 --subnet 198.51.100.0/24 --gateway {Machine.LanAddress4}");
        foreach (Machine host in Fabric.Hosts[..2])
            await host.DoAsync("network create pods --type overlay --subnet 10.50.0.0/24 --subnet fd50::/64 --vsid 4096");
        Neighbour = (await Host.AddAsync("c1", "web")).ServeTcp(80);
        Station = (await Host.AddAsync("t1", "lan", $"--ip {Station4}")).ServeTcp(80);
        Remote = (await Fabric.Hosts[1].AddAsync("p2", "pods", $"--ip {Pod4} --ip {Pod6} --mac {PodMac}")).ServeTcp(80);
        Host.Lan.ServeTcp(7600);
        await Host.DoAsync("endpoint create vm-web --network web --vm --ifname tap-web --publish 8080:80");
        await Host.DoAsync($"endpoint create vm-lan --network lan --vm --ip {Guest4}");
        await Host.DoAsync($"endpoint create vm-pods --network pods --vm --ip {GuestPod4} --ip {GuestPod6} --mac {GuestPodMac}");
        await Host.DoAsync($"endpoint create p2 --network pods --ip {Pod4} --ip {Pod6} --mac {PodMac} --remote {Fabric.Address(2)}");
        await Fabric.Hosts[1].DoAsync($"endpoint create vm-pods --network pods --ip {GuestPod4} --ip {GuestPod6} --mac {GuestPodMac} --remote {Fabric.Address(1)}");
    }

    /// <summary>What the guest does. Who answers on a server's port says whom it takes the caller for.</summary>
    private async Task<string> ScriptAsync(GuestNic[] nics)
    {
        string c14 = await Host.AddressAsync("c1", 4), c16 = await Host.AddressAsync("c1", 6), gateway4 = await Host.GatewayAsync("web", 4), gateway6 = await Host.GatewayAsync("web", 6);
        return $"""
            {nics[0].Up(AddressFamily.InterNetworkV6)}
            {nics[1].Up(AddressFamily.InterNetwork)}
            {nics[2].Up(AddressFamily.InterNetwork)}
            {nics[2].Up(AddressFamily.InterNetworkV6)}
            check "nat dhcp" udhcpc -i $(nic {nics[0].Mac}) -n -q -f -t 10 -s /dhcp.sh
            ip -6 route add default via {gateway6}
            httpd -p 80 -h /www
            check "mtu pods" says {nics[2].Mtu} cat /sys/class/net/$(nic {nics[2].Mac})/mtu
            check "nat ping 4" ping -c 1 -W 5 {c14}
            check "nat ping 6" ping -c 1 -W 5 {c16}
            check "nat gateway" ping -c 1 -W 5 {gateway4}
            check "nat tcp 4" says {await Host.AddressAsync("vm-web", 4)} nc {c14} 80
            check "nat tcp 6" says {await Host.AddressAsync("vm-web", 6)} nc {c16} 80
            check "nat outside" says {Machine.HostAddress4} nc {Machine.LanAddress4} 7600
            check "nat name" says {c14} nslookup c1
            check "lan station" says {Guest4} nc {Station4} 80
            check "lan router" ping -c 1 -W 5 -I {Guest4} {Machine.LanAddress4}
            check "lan host" ping -c 1 -W 5 {Machine.HostAddress4}
            check "pods ping 6" ping -c 1 -W 5 {Pod6}
            check "pods tcp 4" says {GuestPod4} nc {Pod4} 80
            check "pods tcp 6" says {GuestPod6} nc {Pod6} 80
            """;
    }
}
