using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Errors;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    /// <summary>Open ports by number.</summary>
    private readonly Dictionary<uint, EndpointPlan> _ports = [];

    /// <summary>What was applied last for each endpoint and not removed since.</summary>
    private readonly Dictionary<Guid, EndpointPlan> _made = [];
    private readonly OverlapGuard<Guid> _endpointCalls = new();

    /// <summary>Pairs whose inside end was handed over, wherever it is now.</summary>
    private readonly HashSet<Guid> _handedOver = [];

    /// <summary>Taps of virtual machines, by name.</summary>
    private readonly Dictionary<string, Guid> _taps = [];

    /// <summary>Endpoints whose port is open, by id.</summary>
    public IReadOnlyDictionary<Guid, EndpointPlan> Endpoints
    {
        get
        {
            lock (_gate)
                return _ports.Values.ToDictionary(plan => plan.Id);
        }
    }

    IReadOnlySet<Guid> IEndpointDriver.Observe(IReadOnlyCollection<EndpointPlan> desired) =>
        Do<IReadOnlySet<Guid>>(FakeOperation.EndpointObserve, () => desired.Where(InPlace).Select(plan => plan.Id).ToHashSet());

    void IEndpointDriver.Apply(EndpointPlan endpoint) => _endpointCalls.Run([endpoint.Id], () => Do(FakeOperation.EndpointApply, () =>
    {
        if (endpoint.VirtualNic is not null)
            CheckTap(endpoint);
        else if (endpoint.HandoverLink is null && !endpoint.IsSource)
            CheckPlace(endpoint);
        CheckPortName(endpoint);
        if (_ports.TryGetValue(endpoint.Port, out var other) && other.Id != endpoint.Id)
            throw new InvalidOperationException($"port {endpoint.Port} of '{endpoint.Name}' is open for '{other.Name}'");
        if (endpoint.HandoverLink is not null && other is not null && !_handedOver.Contains(endpoint.Id))
            throw new FairwayException(ErrorKind.Unavailable, endpoint.Name, $"attach endpoint '{endpoint.Name}': its interface has been deleted; restart the container");
        Close(endpoint.Id);
        if (endpoint.VirtualNic is not null)
            _taps[endpoint.HostLink] = endpoint.Id;
        else if (endpoint.HandoverLink is not null)
            _handedOver.Add(endpoint.Id);
        else if (!endpoint.IsSource && _namespaces[endpoint.NetnsPath] is var place)
            _namespaces[endpoint.NetnsPath] = place with { Interfaces = place.Interfaces.SetItem(endpoint.InterfaceName, endpoint) };
        _ports[endpoint.Port] = endpoint;
        _made[endpoint.Id] = endpoint;
        Touch();
    }));

    private void CheckTap(EndpointPlan endpoint)
    {
        if (ForeignLinks.Contains(endpoint.HostLink) || (_taps.TryGetValue(endpoint.HostLink, out var owner) && owner != endpoint.Id))
        {
            throw new FairwayException(ErrorKind.Conflict, endpoint.HostLink,
                $"attach endpoint '{endpoint.Name}': link '{endpoint.HostLink}' of the host belongs to somebody else; rename or delete it");
        }
    }

    private void CheckPortName(EndpointPlan endpoint)
    {
        if (endpoint.PortName is { } name && (ForeignLinks.Contains(name) || _made.Values.Any(made => made.Id != endpoint.Id && made.PortName == name)))
            throw new FairwayException(ErrorKind.Conflict, $"link '{name}'", $"name the port of endpoint '{endpoint.Name}': the host has a link '{name}' already", HcnErrorCode.PortAlreadyExists);
    }

    private void CheckPlace(EndpointPlan endpoint)
    {
        var place = _namespaces.GetValueOrDefault(endpoint.NetnsPath);
        if (place is null || place.Cookie != endpoint.NetnsCookie)
            throw new FairwayException(ErrorKind.NotFound, endpoint.NetnsPath, $"open namespace '{endpoint.NetnsPath}': it is gone; attach to one that exists");
        if (place.Interfaces.TryGetValue(endpoint.InterfaceName, out var taken) && taken?.Id != endpoint.Id)
        {
            throw new FairwayException(ErrorKind.Conflict, endpoint.InterfaceName,
                $"create interface '{endpoint.InterfaceName}' in '{endpoint.NetnsPath}': the name is in use; choose another interface name");
        }
    }

    void IEndpointDriver.Remove(IReadOnlyCollection<EndpointPlan> endpoints) =>
        _endpointCalls.Run([.. endpoints.Select(plan => plan.Id)], () => Do(FakeOperation.EndpointRemove, () =>
        {
            foreach (var plan in endpoints)
                Close(plan.Id);
            Touch();
        }));

    void IEndpointDriver.RemoveExcept(IReadOnlyCollection<EndpointPlan> keep) => Do(FakeOperation.EndpointRemoveExcept, () =>
    {
        var known = keep.Select(plan => plan.Id).ToHashSet();
        foreach (var id in _made.Keys.Where(id => !known.Contains(id)).ToList())
            Close(id);
        Touch();
    });

    private bool InPlace(EndpointPlan plan) =>
        _ports.TryGetValue(plan.Port, out var open) && open == plan
        && plan switch
        {
            { VirtualNic: not null } => _taps.GetValueOrDefault(plan.HostLink) == plan.Id,
            { HandoverLink: not null } => _handedOver.Contains(plan.Id),
            _ => IsInside(plan),
        };

    private bool IsInside(EndpointPlan plan) =>
        _namespaces.TryGetValue(plan.NetnsPath, out var place) && place.Cookie == plan.NetnsCookie
        && place.Interfaces.TryGetValue(plan.InterfaceName, out var inside) && inside == plan;

    private void Close(Guid id)
    {
        if (!_made.Remove(id, out var plan))
            return;
        if (_ports.TryGetValue(plan.Port, out var open) && open.Id == id)
            _ports.Remove(plan.Port);
        _handedOver.Remove(id);
        _taps.Remove(plan.HostLink);
        if (_namespaces.TryGetValue(plan.NetnsPath, out var place) && place.Interfaces.TryGetValue(plan.InterfaceName, out var inside) && inside?.Id == id)
            _namespaces[plan.NetnsPath] = place with { Interfaces = place.Interfaces.Remove(plan.InterfaceName) };
    }
}
