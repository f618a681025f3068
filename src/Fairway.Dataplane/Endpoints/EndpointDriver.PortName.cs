using System.Collections.Concurrent;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Endpoints;

/// <summary>Names of ports: alternative names of the host side of links, beside the mark.</summary>
internal sealed partial class EndpointDriver
{
    /// <summary>Names given to ports, by endpoint: whatever other names a link has are somebody else's.</summary>
    private readonly ConcurrentDictionary<Guid, string> _portNames = new();

    /// <summary>Gives a link that has none but its mark the name of its port.</summary>
    private void NamePort(EndpointPlan endpoint, int link)
    {
        if (endpoint.PortName is { } name)
            Name(endpoint, link, name);
    }

    /// <summary>Brings the names of a link that is there to the plan: its mark, and the port's.</summary>
    private void RenamePort(EndpointPlan endpoint, Link outer)
    {
        if (_portNames.TryGetValue(endpoint.Id, out string? former) && former != endpoint.PortName)
        {
            host.Changes.DeleteAlternativeName(outer.Index, former);
            _portNames.TryRemove(endpoint.Id, out _);
        }
        if (endpoint.PortName is { } name && !outer.AlternativeNames.Contains(name))
            Name(endpoint, outer.Index, name);
    }

    /// <summary>Takes names from links that go, for they may be asked for at once.</summary>
    private void FreePortNames(IReadOnlyCollection<EndpointPlan> endpoints)
    {
        foreach (EndpointPlan endpoint in endpoints)
        {
            if (_portNames.TryRemove(endpoint.Id, out string? name) && host.Changes.FindLink(name) is { } link && IsOurs(endpoint, link))
                host.Changes.DeleteAlternativeName(link.Index, name);
        }
    }

    private void Name(EndpointPlan endpoint, int link, string name)
    {
        var batch = new RouteBatch();
        batch.AddAlternativeName(link, name);
        if (host.Changes.Send(batch) is not [BatchFailure failure])
        {
            _portNames[endpoint.Id] = name;
            return;
        }
        if (failure.Error.Errno != Errno.EEXIST)
            throw failure.Error;
        throw new FairwayException(ErrorKind.Conflict, $"link '{name}'",
            $"name the port of endpoint '{endpoint.Name}': the host has a link '{name}' already; choose another port name", HcnErrorCode.PortAlreadyExists);
    }

    private bool HasPortName(EndpointPlan endpoint, Link outer)
    {
        if (endpoint.PortName is not { } name)
            return !_portNames.ContainsKey(endpoint.Id);
        if (!outer.AlternativeNames.Contains(name))
            return false;
        // Of an earlier run.
        _portNames[endpoint.Id] = name;
        return true;
    }
}
