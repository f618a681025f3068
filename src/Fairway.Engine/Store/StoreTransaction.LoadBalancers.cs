using Fairway.Model.Changes;
using Fairway.Model.LoadBalancers;

namespace Fairway.Engine.Store;

internal sealed partial class StoreTransaction
{
    /// <summary>Enters or replaces a load balancer.</summary>
    public void Put(LoadBalancer balancer)
    {
        balancer = balancer with { Revision = Revision };
        TouchSources(balancer);
        var (id, kind) = (balancer.Spec.Id, State.LoadBalancers.ContainsKey(balancer.Spec.Id) ? ChangeKind.Modified : ChangeKind.Created);
        State = State.With(balancer);
        _rows.Add(writer => writer.LoadBalancers.Put(balancer));
        Delta.LoadBalancers.Add(id);
        Tell(ResourceKind.LoadBalancer, kind, id, balancer.Spec.Name);
    }

    public void Delete(LoadBalancer balancer)
    {
        var id = balancer.Spec.Id;
        TouchSources(balancer);
        State = State.WithoutLoadBalancer(id);
        _rows.Add(writer => writer.LoadBalancers.Delete(id));
        Delta.LoadBalancers.Add(id);
        Tell(ResourceKind.LoadBalancer, ChangeKind.Deleted, id, balancer.Spec.Name);
    }

    /// <summary>What a load balancer calls with is planned as that: what it has now, and what it had.</summary>
    private void TouchSources(LoadBalancer balancer)
    {
        if (balancer.Spec.Source is { } source)
            Delta.Endpoints.Add(source);
        if (State.LoadBalancers.GetValueOrDefault(balancer.Spec.Id)?.Spec.Source is { } before)
            Delta.Endpoints.Add(before);
    }

    /// <summary>An endpoint that goes for good is nobody's backend any more.</summary>
    private void LeaveBalancers(Guid endpoint)
    {
        foreach (var id in State.BalancersOf(endpoint))
        {
            var balancer = State.LoadBalancers[id];
            Put(balancer with { Spec = balancer.Spec with { Backends = balancer.Spec.Backends.Remove(endpoint) } });
        }
    }
}
