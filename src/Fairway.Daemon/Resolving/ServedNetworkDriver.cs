using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Daemon.Resolving;

/// <summary>
/// The network driver, with names: a network counts as applied when its resolver listens on the interface the kernel now has. So a network's
/// first endpoint finds its names answered, and an interface that had to be made anew gets new sockets.
/// </summary>
internal sealed class ServedNetworkDriver(INetworkDriver networks, NameService names) : INetworkDriver
{
    public IReadOnlySet<Guid> Observe(IReadOnlyCollection<NetworkPlan> desired) => networks.Observe(desired);

    public void Apply(IReadOnlyCollection<NetworkPlan> plans)
    {
        networks.Apply(plans);
        names.Serve(plans);
    }

    public void RemoveExcept(IReadOnlyCollection<NetworkPlan> keep) => networks.RemoveExcept(keep);
}
