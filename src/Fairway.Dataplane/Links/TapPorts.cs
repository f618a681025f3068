using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Linux.Tuntap;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Links;

/// <summary>
/// Makes the taps of virtual machines. A tap goes with the daemon's descriptor until all is in place, and only then becomes one that stays, so
/// that a daemon that died half-way leaves nothing.
/// </summary>
internal sealed class TapPorts(HostNetlink host, VirtualSwitch virtualSwitch)
{
    /// <summary>What <c>ip link</c> calls the kind.</summary>
    public const string Kind = "tun";

    private const uint Root = 0;

    // The kernel's bound for taps. Whom a larger packet is for takes it whole: the switch's word counts, not the tap's.
    private const int LargestMtu = 65521;

    /// <summary>Makes a tap with its mark and filter, up.</summary>
    /// <exception cref="LinuxException">The name is taken (EBUSY), or another link has the mark (EEXIST).</exception>
    public int Create(string name, VirtualNic nic, LinkMark mark, uint port, int mtu)
    {
        var spec = new TapSpec
        {
            Name = name,
            MultiQueue = nic.MultiQueue,
            // Without an owner it would be everybody's.
            Owner = nic.User ?? (nic.Group is null ? Root : null),
            Group = nic.Group,
        };
        lock (host.Births)
        {
            using SafeFileDescriptor tap = TapDevice.Make(spec, host.Namespace);
            int link = host.Changes.GetLink(name).Index;
            var batch = new RouteBatch();
            batch.AddAlternativeName(link, mark.ToString());
            host.Changes.Execute(batch);
            Equip(link, port, mtu);
            TapDevice.Keep(tap, spec);
            return link;
        }
    }

    /// <summary>Brings an existing tap to where <see cref="Create"/> leaves it.</summary>
    public void Equip(int link, uint port, int mtu) => HostSide.Equip(host, virtualSwitch, link, port, MtuOf(mtu));

    public static int MtuOf(int mtu) => Math.Min(mtu, LargestMtu);
}
