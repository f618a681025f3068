using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Ports;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Prefixes the host routes to.</summary>
    public List<IPNetwork> HostRoutes { get; } = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/64")];

    /// <summary>Addresses of the host.</summary>
    public List<IPAddress> HostAddresses { get; } = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1"), IPAddress.Loopback, IPAddress.IPv6Loopback];

    private readonly List<(TransportProtocol Protocol, IPAddress Address, ushort Port, string Holder)> _holders = [];

    /// <summary>MTU of the default-route uplink.</summary>
    public int Mtu { get; set; } = 1500;

    public string BootId { get; private set; } = "boot-1";

    /// <summary>Lets a process of the host listen on a port until disposed of.</summary>
    public IDisposable HoldPort(TransportProtocol protocol, IPAddress address, ushort port, string holder)
    {
        var entry = (protocol, address, port, holder);
        lock (_gate)
            _holders.Add(entry);
        return new Release(() =>
        {
            lock (_gate)
                _holders.Remove(entry);
        });
    }

    /// <summary>Everything in the kernel is gone; what the disk holds is not.</summary>
    public void Reboot()
    {
        lock (_gate)
        {
            _networks.Clear();
            _ports.Clear();
            _made.Clear();
            _handedOver.Clear();
            _taps.Clear();
            _publications.Clear();
            _ways.Clear();
            _namespaces.Clear();
            BootId = $"boot-{int.Parse(BootId.Split('-')[1]) + 1}";
        }
    }

    /// <summary>A second kernel that holds what this one holds at this moment.</summary>
    public FakeKernel Clone()
    {
        lock (_gate)
        {
            var copy = new FakeKernel { Mtu = Mtu, BootId = BootId, _lastCookie = _lastCookie };
            foreach (var (key, value) in _networks)
                copy._networks.Add(key, value);
            foreach (var (key, value) in _ports)
                copy._ports.Add(key, value);
            foreach (var (key, value) in _made)
                copy._made.Add(key, value);
            foreach (var (key, value) in _publications)
                copy._publications.Add(key, value);
            foreach (var (key, value) in _ways)
                copy._ways.Add(key, value);
            foreach (var (key, value) in _namespaces)
                copy._namespaces.Add(key, value);
            copy._handedOver.UnionWith(_handedOver);
            foreach (var (key, value) in _taps)
                copy._taps.Add(key, value);
            return copy;
        }
    }

    int IUplinkDriver.Synchronize() => Do(FakeOperation.UplinkSynchronize, () => 0);

    IReadOnlyList<IPNetwork> IHostProbe.Routes() => [.. HostRoutes];

    IReadOnlyList<IPAddress> IHostProbe.Addresses() => [.. HostAddresses];

    int IHostProbe.UplinkMtu() => Mtu;

    /// <summary>Devices that networks may have endpoints behind; the first one has the default route.</summary>
    public List<HostUplink> Uplinks { get; } = [new("eth0", 1500), new("eth1", 1400), new("tun0", 1400, "it has no Ethernet headers; name an Ethernet device")];

    HostUplink? IHostProbe.FindUplink(string? name) => name is null ? Uplinks.FirstOrDefault() : Uplinks.Find(uplink => uplink.Name == name);

    /// <summary>Indexes count from 1.</summary>
    HostUplink? IHostProbe.FindUplink(int index) => index > 0 && index <= Uplinks.Count ? Uplinks[index - 1] : null;

    /// <summary>Prefixes the host has no route to.</summary>
    public List<IPNetwork> Unrouted { get; } = [];

    /// <summary>A network's own addresses by its vNIC, the neighbourhood on the link, everything else by a router; all of it by the first uplink.</summary>
    HostRoute? IHostProbe.FindRoute(IPAddress destination, IPAddress? source, string? arrivingBy)
    {
        lock (_gate)
        {
            NetworkPlan? network = _networks.Values.FirstOrDefault(plan => plan.HostLink is not null && plan.Subnets.Any(subnet => subnet.Covers(destination)));
            if (network is not null)
                return new HostRoute(network.HostLink!, IsUplink: false, null, network.Gateways.First(gateway => gateway.Address.AddressFamily == destination.AddressFamily).Address, null, network.Mtu);
        }
        if (Unrouted.Any(prefix => prefix.Covers(destination)))
            return null;
        IPAddress? own = HostAddresses.FirstOrDefault(address => address.AddressFamily == destination.AddressFamily && !IPAddress.IsLoopback(address));
        IPAddress? router = HostRoutes.Any(prefix => prefix.Covers(destination)) ? null : Router(destination.AddressFamily);
        return new HostRoute(Uplinks[0].Name, IsUplink: true, router, own, own, Uplinks[0].Mtu);
    }

    private static IPAddress Router(AddressFamily family) => IPAddress.Parse(family == AddressFamily.InterNetwork ? "192.0.2.254" : "2001:db8::fe");

    HeldPort? IHostProbe.FindHeldPort(TransportProtocol protocol, IPAddress? address, ushort first, int count)
    {
        lock (_gate)
        {
            var asked = new PortPublication { Protocol = protocol, HostAddress = address, HostPort = first, ContainerPort = 1, Count = count };
            return _holders
                .Where(held => new PortPublication { Protocol = held.Protocol, HostAddress = held.Address, HostPort = held.Port, ContainerPort = 1 }.Overlaps(asked))
                .OrderBy(held => held.Port)
                .Select(held => new HeldPort(held.Port, held.Holder))
                .FirstOrDefault();
        }
    }

    async ValueTask IKernelWatcher.WaitForChangeAsync(CancellationToken cancellation)
    {
        Task changed;
        lock (_gate)
            changed = _changed.Task;
        await changed.WaitAsync(cancellation);
        lock (_gate)
        {
            // A waiter of a stopped engine may come late; it must not take the next one's news.
            if (ReferenceEquals(_changed.Task, changed))
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Something changes that is none of Fairway's business.</summary>
    public void Disturb() => Touch();

    private void Touch() => _changed.TrySetResult();

    private sealed class Release(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
