using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Sysctl;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Host;

/// <summary>
/// The settings of the host that Fairway changes: the ports of translated connections are taken from those the host hands out to its own
/// sockets. What was there before is recorded, and comes back with <see cref="Restore"/>.
/// </summary>
internal sealed class HostSettings(HostNetlink host, ISettingRecord record)
{
    /// <summary>Name under which the setting is recorded.</summary>
    public const string ReservedPorts = "net.ipv4.ip_local_reserved_ports";

    private const string EphemeralPorts = "net.ipv4.ip_local_port_range";

    /// <summary>A host left with fewer cannot open connections of its own for long.</summary>
    private const int PortsLeftToHost = 4096;

    private readonly KernelSettings _settings = new(host.Namespace);

    /// <summary>Reserves ports for translation, besides those reserved already, in the place of those an earlier daemon was told.</summary>
    /// <exception cref="FairwayException">The host would have too few left (Conflict).</exception>
    public void Reserve(PortRange ports, PortRange? earlier = null)
    {
        if (earlier is { } old && old != ports)
            Restore(old);
        string present = _settings.Read(ReservedPorts);
        SortedSet<int> reserved = PortList.Parse(present);
        if (PortList.Of(ports).All(reserved.Contains))
            return;
        reserved.UnionWith(PortList.Of(ports));
        RequireEnoughFor(ports, reserved);
        record.Remember(ReservedPorts, present);
        _settings.Write(ReservedPorts, PortList.Format(reserved));
    }

    /// <summary>
    /// Takes our ports out again. What somebody else reserved meanwhile stays. Without a record, the range the switch was configured with is
    /// taken to be ours.
    /// </summary>
    public void Restore(PortRange? configured)
    {
        string? original = record.Original(ReservedPorts);
        if (configured is { } ports)
        {
            SortedSet<int> reserved = PortList.Parse(_settings.Read(ReservedPorts));
            reserved.ExceptWith(PortList.Of(ports));
            if (original is not null)
                reserved.UnionWith(PortList.Parse(original).Intersect(PortList.Of(ports)));
            Write(reserved);
        }
        else if (original is not null)
        {
            Write(PortList.Parse(original));
        }
        if (original is not null)
            record.Forget(ReservedPorts);
    }

    private void Write(SortedSet<int> reserved)
    {
        string text = PortList.Format(reserved);
        if (_settings.Read(ReservedPorts) != text)
            _settings.Write(ReservedPorts, text);
    }

    private void RequireEnoughFor(PortRange ports, SortedSet<int> reserved)
    {
        // "32768	60999"
        string range = _settings.Read(EphemeralPorts);
        string[] bounds = range.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (bounds.Length != 2 || !int.TryParse(bounds[0], out int first) || !int.TryParse(bounds[1], out int last))
            throw new LinuxException(Errno.EINVAL, "read kernel setting", EphemeralPorts, $"'{range}' is not a range of ports");
        int left = Enumerable.Range(first, Math.Max(0, last - first + 1)).Count(port => !reserved.Contains(port));
        if (left < PortsLeftToHost)
        {
            throw new FairwayException(ErrorKind.Conflict, $"ports {ports}",
                $"reserve ports {ports} for translated connections: the host hands out {first}-{last} (net.ipv4.ip_local_port_range) and would have {left} left, fewer than {PortsLeftToHost}; widen that range");
        }
    }
}
