using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Drivers;
using Fairway.Engine.State;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;

namespace Fairway.Engine.Operations;

/// <summary>
/// Asks the host about the ports of publications and chooses free ones, before the write that claims them: the answers take system
/// calls, which must not hold up other writes. Two requests that chose the same port meet in the write; one then chooses again.
/// </summary>
internal sealed class HostPorts(IHostProbe probe, ushort first, ushort last)
{
    private int _next = -1;

    /// <summary>The publications with host ports in place of zeroes.</summary>
    /// <param name="state">Who has published what.</param>
    /// <param name="asked">Valid publications.</param>
    /// <param name="path">JSON path of the member that holds them.</param>
    /// <param name="endpoint">The endpoint, for messages.</param>
    /// <exception cref="FairwayException">Conflict: a port is taken. Exhausted: none is free. InvalidArgument: not the host's address.</exception>
    public ImmutableArray<PortPublication> Resolve(HostState state, IReadOnlyList<PortPublication> asked, string path, string endpoint)
    {
        var resolved = ImmutableArray.CreateBuilder<PortPublication>(asked.Count);
        var addresses = !state.LoadBalancers.IsEmpty || asked.Any(publication => publication.HostAddress is not null) ? Ask(probe.Addresses) : [];
        for (var i = 0; i < asked.Count; i++)
        {
            CheckAddress(state, asked[i], addresses, $"{path}[{i}]");
            if (asked[i].HostPort == 0)
                continue;
            CheckUnclaimed(state, asked[i], $"{path}[{i}]", endpoint);
            CheckUnbalanced(state, asked[i], $"{path}[{i}]", endpoint, addresses);
            CheckUnheld(asked[i], $"{path}[{i}]", endpoint);
        }
        for (var i = 0; i < asked.Count; i++)
            resolved.Add(asked[i].HostPort != 0 ? asked[i] : Choose(state, asked[i], [.. asked, .. resolved], $"{path}[{i}]"));
        return resolved.MoveToImmutable();
    }

    /// <summary>Refuses a publication whose ports somebody of ours has.</summary>
    /// <exception cref="FairwayException">Conflict, naming the owner.</exception>
    public static void CheckUnclaimed(HostState state, PortPublication publication, string path, string endpoint)
    {
        CheckUnbalanced(state, publication, path, endpoint, []);
        if (state.Ports.Collision(publication) is not { } owner)
            return;
        throw Refusal.At($"{path}.HostPort", ErrorKind.Conflict, $"port {PublicationText.Format(publication)}",
            $"publish {PublicationText.Format(publication)} of endpoint '{endpoint}': endpoint '{References.FullName(state, state.Endpoints[owner.Endpoint])}' publishes "
            + $"{PublicationText.Format(owner.Publication)}; choose another host port, or unpublish that one", HcnErrorCode.PortAlreadyExists);
    }

    /// <summary>Refuses a publication whose ports a load balancer has.</summary>
    private static void CheckUnbalanced(HostState state, PortPublication publication, string path, string endpoint, IReadOnlyList<IPAddress> hostAddresses)
    {
        if (state.Services.Collision(publication, hostAddresses) is not { } owner)
            return;
        throw Refusal.At($"{path}.HostPort", ErrorKind.Conflict, $"port {PublicationText.Format(publication)}",
            $"publish {PublicationText.Format(publication)} of endpoint '{endpoint}': load balancer '{state.LoadBalancers[owner].Spec.Name}' answers there; "
            + "choose another host port, or delete that one", HcnErrorCode.PortAlreadyExists);
    }

    /// <summary>Refuses a publication whose ports a process of the host has.</summary>
    /// <exception cref="FairwayException">Conflict, naming the process.</exception>
    public void CheckUnheld(PortPublication publication, string path, string endpoint)
    {
        if (FindHeld(publication, publication.HostPort, publication.LastHostPort - publication.HostPort + 1) is not { } held)
            return;
        throw Refusal.At($"{path}.HostPort", ErrorKind.Conflict, $"port {PublicationText.Format(publication)}",
            $"publish {PublicationText.Format(publication)} of endpoint '{endpoint}': port {held.Port} of the host is used by {held.Holder}; choose another host port, or stop it",
            HcnErrorCode.PortAlreadyExists);
    }

    /// <summary>Refuses a load balancer on an address of the host whose ports a process has.</summary>
    /// <param name="spec">A valid spec.</param>
    /// <param name="before">What it was, whose ports are its own, or null.</param>
    /// <returns>The host's addresses.</returns>
    /// <exception cref="FairwayException">Conflict, naming the process.</exception>
    public IReadOnlyList<IPAddress> CheckFree(LoadBalancerSpec spec, LoadBalancerSpec? before = null)
    {
        var addresses = Ask(probe.Addresses);
        for (var i = 0; i < spec.Frontends.Length; i++)
        {
            var frontend = spec.Frontends[i];
            if (!HostAddresses.IsAny(frontend) && !addresses.Contains(frontend))
                continue;
            foreach (var port in spec.Ports)
            {
                if (before is not null && before.Frontends.Contains(frontend) && before.Ports.Any(own => own.Protocol == port.Protocol && own.Port == port.Port))
                    continue;
                if (Ask(() => probe.FindHeldPort(port.Protocol, frontend, port.Port, 1)) is { } held)
                {
                    throw Refusal.At($"$.Frontends[{i}]", ErrorKind.Conflict, $"frontend {frontend}",
                        $"{frontend} port {port.Port}/{port.Protocol.ToString().ToLowerInvariant()} of the host is used by {held.Holder}; choose another port, or stop it", HcnErrorCode.PortAlreadyExists);
                }
            }
        }
        return addresses;
    }

    /// <summary>Each search starts behind the last one, so that a port that was withdrawn comes round late.</summary>
    private PortPublication Choose(HostState state, PortPublication asked, IReadOnlyList<PortPublication> others, string path)
    {
        var size = last - first + 1;
        for (var i = 0; i < size; i++)
        {
            var port = (ushort)(first + (uint)Interlocked.Increment(ref _next) % size);
            var candidate = asked with { HostPort = port };
            if (others.Any(candidate.Overlaps) || state.Ports.Collision(candidate) is not null)
                continue;
            if (FindHeld(asked, port, 1) is null)
                return candidate;
        }
        throw Refusal.At($"{path}.HostPort", ErrorKind.Exhausted, "host ports", $"no host port from {first} to {last} is free; give a host port, or unpublish some");
    }

    /// <summary>Of an address that is none of the host's, no process of the host has a port.</summary>
    private HeldPort? FindHeld(PortPublication publication, ushort first, int count) =>
        publication is { IsRouted: true, HostAddress: { } address } && !HostAddresses.IsAny(address) && !IPAddress.IsLoopback(address) && !Ask(probe.Addresses).Contains(address) ? null : Ask(() => probe.FindHeldPort(publication.Protocol, publication.HostAddress, first, count));

    private static T Ask<T>(Func<T> question) => Refusal.Ask("look at the host's ports", "host ports", question);

    private static void CheckAddress(HostState state, PortPublication publication, IReadOnlyList<IPAddress> addresses, string path)
    {
        var address = publication.HostAddress;
        if (address is null || HostAddresses.IsAny(address) || IPAddress.IsLoopback(address) || addresses.Contains(address))
            return;
        if (publication.IsRouted)
        {
            if (LoadBalancerAdmission.InNetwork(state, address) is not { } network)
                return;
            throw Refusal.At($"{path}.HostAddress", ErrorKind.InvalidArgument, $"address {address}",
                $"{address} is in a subnet of network '{network.Spec.Name}', whose endpoints would look for it among themselves; choose an address outside of all networks", HcnErrorCode.AddressInvalidOrReserved);
        }
        var known = string.Join(", ", addresses.Where(candidate => candidate.AddressFamily == address.AddressFamily && !IPAddress.IsLoopback(candidate)));
        throw Refusal.At($"{path}.HostAddress", ErrorKind.InvalidArgument, $"address {address}",
            $"{address} is not an address of the host; use {(known.Length > 0 ? known : "a loopback address")}, or leave it out for all", HcnErrorCode.InvalidIp);
    }
}
