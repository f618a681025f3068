using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Flows;
using Fairway.Model.Policies;

namespace Fairway.Api.V1;

/// <summary>Puts names in place of the switch's numbers. The tables follow the store's revision; one reader each.</summary>
internal sealed class PortNames(IHostNetworking host)
{
    /// <summary>The resolver of network N is switch port 16384 + N (bpf/layout.h, FW_RESOLVER_PORT).</summary>
    private const uint FirstResolver = 16384;

    private long _revision = -1;
    private Dictionary<uint, string> _networks = [];
    private Dictionary<uint, string> _endpoints = [];
    private Dictionary<uint, Guid> _networkIds = [];
    private Dictionary<uint, Guid> _endpointIds = [];

    public FlowEvent Describe(SwitchEvent seen)
    {
        Refresh();
        return new FlowEvent(seen.Time, seen.Kind, seen.Reason, seen.Protocol, seen.Source, seen.SourcePort, seen.Destination, seen.DestinationPort,
            _networks.GetValueOrDefault(seen.Network), PortName(seen.InPort), PortName(seen.OutPort), seen.Length, seen.Missed,
            RuleOf(seen.OutRule), RuleOf(seen.InRule));
    }

    private string? PortName(uint port) => port > FirstResolver ? "resolver" : _endpoints.GetValueOrDefault(port);

    private FlowRule? RuleOf(DecidingRule decided)
    {
        var (owners, number) = decided.Network != 0 ? (_networkIds, decided.Network) : (_endpointIds, decided.Port);
        if (!owners.TryGetValue(number, out var id)) return null;
        var name = (decided.Network != 0 ? _networks : _endpoints).GetValueOrDefault(number, "");
        var rule = host.PoliciesOf(id).Rules.GetValueOrDefault(decided.Number);
        var policy = rule?.Kind ?? (decided.Network != 0 ? PolicyKind.NetworkAcl : PolicyKind.Acl);
        return new FlowRule(policy, name, rule?.Tier, rule is null ? null : rule.Id ?? $"{rule.Number}", rule?.Action ?? PolicyAction.Block);
    }

    private void Refresh()
    {
        var revision = host.Revision;
        if (revision == _revision) return;
        // Endpoints of other hosts have no port here.
        var local = host.Endpoints.Where(endpoint => endpoint.Port != 0).ToList();
        _networks = host.Networks.ToDictionary(network => network.Number, network => network.Spec.Name);
        _endpoints = local.ToDictionary(endpoint => endpoint.Port, endpoint => endpoint.Spec.Name ?? endpoint.Spec.Id.ToString());
        _networkIds = host.Networks.ToDictionary(network => network.Number, network => network.Spec.Id);
        _endpointIds = local.ToDictionary(endpoint => endpoint.Port, endpoint => endpoint.Spec.Id);
        _revision = revision;
    }
}
