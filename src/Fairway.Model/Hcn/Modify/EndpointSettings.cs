using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Policies of an endpoint that are settings of it: OutBoundNAT, SDNRoute, QOS, InterfaceParameters, PortName, L4WFPPROXY and L4Proxy.</summary>
/// <param name="RequestType">Add, Remove, Update or Reset.</param>
/// <param name="OutboundNat">Translations given.</param>
/// <param name="Routes">Routes given.</param>
/// <param name="Sidecar">The sidecar given, or null.</param>
/// <param name="Proxy">The proxy given, or null.</param>
/// <param name="OutgoingRate">The limit given, in bits a second, or null.</param>
/// <param name="Mtu">The MTU given, or null.</param>
/// <param name="PortName">The name of the port given, or null.</param>
public sealed record EndpointSettings(ModifyRequestType RequestType, ImmutableArray<OutboundNat> OutboundNat, ImmutableArray<SwitchRoute> Routes, Sidecar? Sidecar, ConnectionProxy? Proxy, long? OutgoingRate, int? Mtu, string? PortName)
{
    /// <summary>True when nothing changes, whatever the endpoint has.</summary>
    public bool IsEmpty => RequestType is ModifyRequestType.Add or ModifyRequestType.Remove or ModifyRequestType.Refresh && OutboundNat is [] && Routes is [] && Sidecar is null && Proxy is null && OutgoingRate is null && Mtu is null && PortName is null;

    /// <summary>The spec with the change made.</summary>
    /// <exception cref="FairwayException">NotFound: a policy to remove is not there. AlreadyExists: there is a limit, and one is added.</exception>
    public EndpointSpec For(EndpointSpec present)
    {
        ArgumentNullException.ThrowIfNull(present);
        return RequestType switch
        {
            ModifyRequestType.Add => Add(present),
            ModifyRequestType.Remove => Remove(present),
            _ => present with { OutboundNat = OutboundNat, SwitchRoutes = Routes, Sidecar = Sidecar, Proxy = Proxy, Bandwidth = QosPolicies.With(present.Bandwidth, OutgoingRate), Mtu = Mtu, PortName = PortName },
        };
    }

    private EndpointSpec Add(EndpointSpec present)
    {
        if (OutgoingRate is not null && present.Bandwidth?.OutgoingRate is not null)
            throw Wrong(present, ErrorKind.AlreadyExists, "it has a policy QOS already; remove that, or replace all by Update", HcnErrorCode.PolicyAlreadyExists);
        if (Sidecar is not null && present.Sidecar is not null)
            throw Wrong(present, ErrorKind.AlreadyExists, "it has a policy L4WFPPROXY already; remove that, or replace all by Update", HcnErrorCode.PolicyAlreadyExists);
        if (Proxy is not null && present.Proxy is not null)
            throw Wrong(present, ErrorKind.AlreadyExists, "it has a policy L4Proxy already; remove that, or replace all by Update", HcnErrorCode.PolicyAlreadyExists);
        if (Mtu is not null && present.Mtu is not null)
            throw Wrong(present, ErrorKind.AlreadyExists, "it has a policy InterfaceParameters already; remove that, or replace all by Update", HcnErrorCode.InterfaceParametersAlreadyApplied);
        if (PortName is not null && present.PortName is not null)
            throw Wrong(present, ErrorKind.AlreadyExists, $"its port has a name already, '{present.PortName}'; remove that, or replace all by Update", HcnErrorCode.PolicyAlreadyExists);
        return present with
        {
            Mtu = Mtu ?? present.Mtu,
            PortName = PortName ?? present.PortName,
            OutboundNat = [.. present.OutboundNat, .. OutboundNat],
            SwitchRoutes = [.. present.SwitchRoutes, .. Routes],
            Sidecar = Sidecar ?? present.Sidecar,
            Proxy = Proxy ?? present.Proxy,
            Bandwidth = OutgoingRate is null ? present.Bandwidth : QosPolicies.With(present.Bandwidth, OutgoingRate),
        };
    }

    private EndpointSpec Remove(EndpointSpec present)
    {
        if (OutboundNat.FirstOrDefault(setting => !present.OutboundNat.Contains(setting)) is not null)
            throw Wrong(present, ErrorKind.NotFound, "it has no such policy OutBoundNAT; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        if (Routes.FirstOrDefault(route => !present.SwitchRoutes.Contains(route)) is { } missing)
            throw Wrong(present, ErrorKind.NotFound, $"it has no route to {missing.Destination} by {missing.NextHop}; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        if (OutgoingRate is not null && present.Bandwidth?.OutgoingRate != OutgoingRate)
            throw Wrong(present, ErrorKind.NotFound, "it has no such policy QOS; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        if (Sidecar is not null && !Sidecar.Equals(present.Sidecar))
            throw Wrong(present, ErrorKind.NotFound, "it has no such policy L4WFPPROXY; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        if (Proxy is not null && !Proxy.Equals(present.Proxy))
            throw Wrong(present, ErrorKind.NotFound, "it has no such policy L4Proxy; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        if (Mtu is not null && present.Mtu != Mtu)
            throw Wrong(present, ErrorKind.NotFound, "it has no such policy InterfaceParameters; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        if (PortName is not null && present.PortName != PortName)
            throw Wrong(present, ErrorKind.NotFound, "it has no such policy PortName; give it as the endpoint shows it", HcnErrorCode.PolicyNotFound);
        return present with
        {
            Mtu = Mtu is null ? present.Mtu : null,
            PortName = PortName is null ? present.PortName : null,
            OutboundNat = [.. present.OutboundNat.Except(OutboundNat)],
            SwitchRoutes = [.. present.SwitchRoutes.Except(Routes)],
            Sidecar = Sidecar is null ? present.Sidecar : null,
            Proxy = Proxy is null ? present.Proxy : null,
            Bandwidth = OutgoingRate is null ? present.Bandwidth : QosPolicies.With(present.Bandwidth, null),
        };
    }

    private static FairwayException Wrong(EndpointSpec spec, ErrorKind kind, string what, uint code) =>
        new(kind, $"endpoint '{spec.Name}'", $"modify endpoint '{spec.Name}': {what}", code);
}
