using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Tuntap;
using Fairway.Model.Endpoints;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>
/// A virtual machine without the machine: a namespace whose eth0 is joined, frame by frame and header by header, to the tap of an endpoint, as a
/// hypervisor joins a guest's NIC. Its kernel is a guest's in every way the switch can see; nobody configures it but its own hand.
/// </summary>
internal sealed class VirtualMachine : IDisposable
{
    private readonly NetworkNamespace _host;
    private readonly NetworkNamespace _guest;
    private readonly TapQueue _nic;
    private readonly TapSpec _tap;
    private readonly List<Thread> _pumps = [];
    private TapQueue _behind;
    private volatile bool _off;

    private VirtualMachine(string host, string guest, string tap)
    {
        _host = NetworkNamespace.OpenPath(host);
        _guest = NetworkNamespace.OpenPath(guest);
        _tap = new TapSpec { Name = tap };
        _nic = TapQueue.Open(new TapSpec { Name = "eth0" }, _guest);
        _nic.AcceptSegments();
        _behind = OpenTap();
        Inside = new Place(guest);
    }

    /// <summary>The guest.</summary>
    public Place Inside { get; }

    /// <summary>Length of the largest frame that came to the guest, and from it.</summary>
    public (int Received, int Sent) Largest { get; private set; }

    /// <summary>Boots a guest behind an endpoint, and gives it the endpoint's MAC, MTU, addresses and gateways.</summary>
    public static async Task<VirtualMachine> BootAsync(Machine machine, string endpoint)
    {
        Endpoint nic = await machine.Client.GetEndpointAsync(endpoint);
        Model.Networks.Network network = await machine.Client.GetNetworkAsync(nic.Spec.NetworkId.ToString());
        string space = $"{machine.Instance}.{nic.Spec.Name}";
        (await Programs.RunAsync(["ip", "netns", "add", space])).Expect();
        var guest = new VirtualMachine(machine.Host.Path, $"/run/netns/{space}", nic.Spec.InterfaceName);
        string addresses = string.Join('\n', nic.Addresses.Select(address => $"ip -n {space} addr add {address.Address}/{address.PrefixLength} dev eth0 {(address.Address.ToString().Contains(':') ? "nodad" : "")}"));
        string routes = string.Join('\n', network.Spec.Traits.HasDefaultRoute
            ? network.Spec.Subnets.Where(subnet => subnet.Gateway is not null).Select(subnet => $"ip -n {space} route add default via {subnet.Gateway}") : []);
        await Fabric.ShellAsync($"ip -n {space} link set lo up; ip -n {space} link set eth0 address {nic.MacAddress} mtu {network.Mtu} up\n{addresses}\n{routes}");
        guest.Start();
        return guest;
    }

    /// <summary>Closes the tap and opens it again, as a machine that is started once more.</summary>
    public void Restart()
    {
        Stop();
        _behind = OpenTap();
        Start();
    }

    /// <summary>Has the machine send a frame of its own making.</summary>
    public void Send(ReadOnlySpan<byte> frame) => _behind.Write([.. new byte[TapQueue.VnetHeaderLength], .. frame]);

    public void Dispose()
    {
        Stop();
        _nic.Dispose();
        Inside.Dispose();
        _guest.Dispose();
        _host.Dispose();
    }

    private TapQueue OpenTap()
    {
        TapQueue tap = TapQueue.Open(_tap, _host);
        tap.AcceptSegments();
        return tap;
    }

    private void Start()
    {
        _off = false;
        _pumps.Add(Pump(_behind, _nic, length => Largest = (Math.Max(Largest.Received, length), Largest.Sent)));
        _pumps.Add(Pump(_nic, _behind, length => Largest = (Largest.Received, Math.Max(Largest.Sent, length))));
    }

    private void Stop()
    {
        _off = true;
        _behind.Wake();
        _nic.Wake();
        foreach (Thread pump in _pumps)
            pump.Join();
        _pumps.Clear();
        _behind.Dispose();
    }

    private Thread Pump(TapQueue from, TapQueue to, Action<int> note)
    {
        var pump = new Thread(() =>
        {
            byte[] buffer = new byte[1 << 17];
            try
            {
                while (from.Wait(Timeout.InfiniteTimeSpan) && !_off)
                {
                    int length = from.Read(buffer);
                    note(length);
                    to.Write(buffer.AsSpan(0, length));
                }
            }
            catch (LinuxException gone) when (gone.Errno is Errno.EBADFD or Errno.EIO)
            {
                // The tap was deleted or is down: a cable pulled out.
            }
        })
        { IsBackground = true, Name = $"pump of {_tap.Name}" };
        pump.Start();
        return pump;
    }
}
