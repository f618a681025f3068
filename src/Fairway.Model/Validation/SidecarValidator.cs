using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Model.Validation;

/// <summary>A sidecar is where the endpoint's processes are, and gets something.</summary>
internal static class SidecarValidator
{
    /// <summary>Prefixes of one list.</summary>
    public const int MostPrefixes = 256;

    /// <summary>Intervals of ports, one direction's, with the exceptions taken out.</summary>
    public const int MostIntervals = 32;

    // The kernel's sign for no user.
    private const uint Nobody = uint.MaxValue;

    public static void Validate(EndpointSpec spec, FindingCollector findings)
    {
        if (spec.Sidecar is not { } sidecar)
            return;
        var here = findings.At("Sidecar");
        if (spec.ProviderAddress is not null)
            here.Add("connections of another host's endpoint are led to its sidecar there; leave the sidecar out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.VirtualNic is not null)
            here.Add("a virtual machine's processes are seen by nobody outside of it; leave the sidecar out, and lead connections to a proxy inside the machine", HcnErrorCode.InvalidPolicy);
        if (spec.HandedOver)
            here.Add("an endpoint that is handed over is in a namespace only its engine knows; leave the sidecar out", HcnErrorCode.InvalidPolicy);
        if (sidecar is { InboundPort: null, OutboundPort: null })
            here.Add("the sidecar gets nothing; give the port that gets what is called, the port that gets callers, or both", HcnErrorCode.InvalidPolicy);
        Port("InboundPort", sidecar.InboundPort, here);
        Port("OutboundPort", sidecar.OutboundPort, here);
        if (sidecar.User == Nobody)
            here.At("User").Add($"{Nobody} is the number of no user; give the proxy's, or leave it out", HcnErrorCode.InvalidPolicy);
        if (sidecar.LocalPorts is not [] && sidecar.OutboundPort is not null)
            here.At("LocalPorts").Add("the port a process calls from is chosen after it has called; leave the local ports out, or the port that gets what is called", HcnErrorCode.InvalidPolicy);
        if (sidecar.RemotePorts is not [] && sidecar.InboundPort is not null)
            here.At("RemotePorts").Add("the ports of callers are chosen at random; leave the remote ports out, or the port that gets callers", HcnErrorCode.InvalidPolicy);
        Prefixes("RemotePrefixes", sidecar.RemotePrefixes, here);
        Exceptions("InboundExceptions", sidecar.InboundExceptions, sidecar.LocalPorts, here);
        Exceptions("OutboundExceptions", sidecar.OutboundExceptions, sidecar.RemotePorts, here);
    }

    private static void Port(string member, int? port, FindingCollector here)
    {
        if (port is < 1 or > ushort.MaxValue)
            here.At(member).Add($"{port} is no port; use 1 to {ushort.MaxValue}", HcnErrorCode.InvalidPolicy);
    }

    private static void Exceptions(string member, SidecarExceptions exceptions, ImmutableArray<PortInterval> ports, FindingCollector here)
    {
        Prefixes("Prefixes", exceptions.Prefixes, here.At(member));
        var left = PortIntervals.Without(ports is [] ? PortIntervals.All : ports, exceptions.Ports).Length;
        if (left > MostIntervals)
            here.At(member).At("Ports").Add($"the ports fall into {left} intervals, and a sidecar has at most {MostIntervals}; give fewer, or ranges", HcnErrorCode.InvalidPolicy);
    }

    private static void Prefixes(string member, ImmutableArray<IPNetwork> prefixes, FindingCollector here)
    {
        if (prefixes.Length > MostPrefixes)
            here.At(member).Add($"{prefixes.Length} prefixes are too many; give at most {MostPrefixes}", HcnErrorCode.InvalidPolicy);
    }
}
