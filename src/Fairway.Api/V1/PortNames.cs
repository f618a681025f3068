using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Flows;

namespace Fairway.Api.V1;

/// <summary>Puts names in place of the switch's numbers. The tables follow the store's revision; one reader each.</summary>
internal sealed class PortNames(IHostNetworking host)
{
    /// <summary>The resolver of network N is switch port 16384 + N (bpf/layout.h, FW_RESOLVER_PORT).</summary>
    private const uint FirstResolver = 16384;

    private long _revision = -1;
    private Dictionary<uint, string> _networks = [];
    private Dictionary<uint, string> _endpoints = [];

    public FlowEvent Describe(SwitchEvent seen)
    {
        Refresh();
        return new FlowEvent(seen.Time, seen.Kind, seen.Reason, seen.Protocol, seen.Source, seen.SourcePort, seen.Destination, seen.DestinationPort,
            _networks.GetValueOrDefault(seen.Network), PortName(seen.InPort), PortName(seen.OutPort), seen.Length, seen.Missed);
    }

    private string? PortName(uint port) => port > FirstResolver ? "resolver" : _endpoints.GetValueOrDefault(port);

    private void Refresh()
    {
        var revision = host.Revision;
        if (revision == _revision) return;
        _networks = host.Networks.ToDictionary(network => network.Number, network => network.Spec.Name);
        _endpoints = host.Endpoints.ToDictionary(endpoint => endpoint.Port, endpoint => endpoint.Spec.Name ?? endpoint.Spec.Id.ToString());
        _revision = revision;
    }
}
