using System.Net;
using Fairway.Engine.Drivers;
using Fairway.Model.Ports;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Prefixes the host routes to.</summary>
    public List<IPNetwork> HostRoutes { get; } = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/64")];

    /// <summary>Addresses of the host.</summary>
    public List<IPAddress> HostAddresses { get; } = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1"), IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>Ports of the host's processes, and how the holder is called.</summary>
    public Dictionary<(TransportProtocol Protocol, ushort Port), string> PortHolders { get; } = [];

    /// <summary>MTU of the default-route uplink.</summary>
    public int Mtu { get; set; } = 1500;

    public string BootId { get; private set; } = "boot-1";

    /// <summary>Everything in the kernel is gone; what the disk holds is not.</summary>
    public void Reboot()
    {
        lock (_gate)
        {
            _networks.Clear();
            _ports.Clear();
            _publications.Clear();
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
            foreach (var (key, value) in _publications)
                copy._publications.Add(key, value);
            foreach (var (key, value) in _namespaces)
                copy._namespaces.Add(key, value);
            return copy;
        }
    }

    int IUplinkDriver.Synchronize() => Do(FakeOperation.UplinkSynchronize, () => 0);

    IReadOnlyList<IPNetwork> IHostProbe.Routes() => [.. HostRoutes];

    IReadOnlyList<IPAddress> IHostProbe.Addresses() => [.. HostAddresses];

    int IHostProbe.UplinkMtu() => Mtu;

    string? IHostProbe.PortHolder(TransportProtocol protocol, IPAddress? address, ushort port)
    {
        lock (_gate)
            return PortHolders.GetValueOrDefault((protocol, port));
    }

    async ValueTask IKernelWatcher.WaitForChangeAsync(CancellationToken cancellation)
    {
        Task changed;
        lock (_gate)
            changed = _changed.Task;
        await changed.WaitAsync(cancellation);
        lock (_gate)
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Touch() => _changed.TrySetResult();
}
