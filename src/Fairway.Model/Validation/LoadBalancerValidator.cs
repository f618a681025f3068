using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>What is wrong with a load balancer, looked at by itself.</summary>
public static class LoadBalancerValidator
{
    /// <summary>The most backends of one load balancer; as on Windows.</summary>
    public const int MaximumBackends = 1024;

    private const int MaximumFrontends = 256;
    private const int MaximumPorts = 1024;

    /// <summary>Everything wrong with a load balancer; empty when nothing is.</summary>
    /// <param name="spec">What is asked.</param>
    public static ImmutableArray<Finding> Validate(LoadBalancerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var findings = new FindingCollector();
        if (spec.Name is { } name)
            findings.At("Name").AddIf(ResourceName.Check(name));
        CheckFrontends(spec.Frontends, findings);
        CheckPorts(spec.Ports, findings);
        CheckBackends(spec.Backends, findings);
        return findings.Findings;
    }

    private static void CheckFrontends(ImmutableArray<IPAddress> frontends, FindingCollector findings)
    {
        if (frontends.Length is 0 or > MaximumFrontends)
            findings.At("Frontends").Add($"a load balancer has 1 to {MaximumFrontends} frontends, not {frontends.Length}", HcnErrorCode.InvalidIp);
        var seen = new HashSet<IPAddress>();
        for (var i = 0; i < frontends.Length; i++)
        {
            findings.At("Frontends", i).AddIf(CheckFrontend(frontends[i]), HcnErrorCode.InvalidIp);
            if (!seen.Add(frontends[i]))
                findings.At("Frontends", i).Add($"frontend {frontends[i]} is given twice; give it once", HcnErrorCode.InvalidIp);
        }
    }

    private static string? CheckFrontend(IPAddress address)
    {
        if (address.IsIPv6Multicast || address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224)
            return $"frontend {address} is a multicast or broadcast address; use an address of one host";
        if (address.IsIPv4MappedToIPv6) return $"frontend {address} is an IPv4 address in IPv6 form; use {address.MapToIPv4()}";
        if (IPAddress.IsLoopback(address)) return $"frontend {address} means another host to every caller; use an address that all of them reach";
        return address.IsIPv6LinkLocal ? $"frontend {address} is link-local, which names no single link; use a global address" : null;
    }

    private static void CheckPorts(ImmutableArray<LoadBalancerPort> ports, FindingCollector findings)
    {
        if (ports.Length is 0 or > MaximumPorts)
            findings.At("Ports").Add($"a load balancer has 1 to {MaximumPorts} ports, not {ports.Length}", HcnErrorCode.InvalidPolicy);
        var seen = new HashSet<(Ports.TransportProtocol, ushort)>();
        for (var i = 0; i < ports.Length; i++)
        {
            var (port, at) = (ports[i], findings.At("Ports", i));
            if (!Enum.IsDefined(port.Protocol))
                at.At("Protocol").Add($"protocol {(int)port.Protocol} has no ports; use Tcp or Udp", HcnErrorCode.InvalidPolicy);
            if (!Enum.IsDefined(port.Affinity))
                at.At("Affinity").Add($"affinity {(int)port.Affinity} is not known; use None, SourceAddressAndProtocol or SourceAddress", HcnErrorCode.InvalidPolicy);
            if (port.Port == 0)
                at.At("Port").Add($"port 0 is not a port; use 1 to {PublicationValidator.MaximumPort}", HcnErrorCode.InvalidPolicy);
            if (port.BackendPort == 0)
                at.At("BackendPort").Add($"backend port 0 is not a port; use 1 to {PublicationValidator.MaximumPort}", HcnErrorCode.InvalidInternalPort);
            if (!seen.Add((port.Protocol, port.Port)))
                at.At("Port").Add($"port {port.Port}/{port.Protocol.ToString().ToLowerInvariant()} is given twice; give it once", HcnErrorCode.PortAlreadyExists);
        }
    }

    private static void CheckBackends(ImmutableArray<Guid> backends, FindingCollector findings)
    {
        if (backends.Length > MaximumBackends)
            findings.At("Backends").Add($"{backends.Length} backends are too many; give at most {MaximumBackends}", HcnErrorCode.InvalidPolicy);
        var seen = new HashSet<Guid>();
        for (var i = 0; i < backends.Length; i++)
        {
            if (!seen.Add(backends[i]))
                findings.At("Backends", i).Add($"endpoint {backends[i]:D} is given twice; give it once", HcnErrorCode.InvalidPolicy);
        }
    }
}
