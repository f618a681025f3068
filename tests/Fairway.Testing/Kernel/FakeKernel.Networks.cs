using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Errors;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<Guid, NetworkPlan> _networks = [];
    private readonly OverlapGuard<string> _networkCalls = new();

    /// <summary>What the network driver holds, by id.</summary>
    public IReadOnlyDictionary<Guid, NetworkPlan> Networks
    {
        get
        {
            lock (_gate)
                return new Dictionary<Guid, NetworkPlan>(_networks);
        }
    }

    /// <summary>Links of the host that are not Fairway's.</summary>
    public HashSet<string> ForeignLinks { get; } = [];

    IReadOnlySet<Guid> INetworkDriver.Observe(IReadOnlyCollection<NetworkPlan> desired) => Do<IReadOnlySet<Guid>>(FakeOperation.NetworkObserve,
        () => desired.Where(plan => _networks.TryGetValue(plan.Id, out var have) && have == plan).Select(plan => plan.Id).ToHashSet());

    void INetworkDriver.Apply(IReadOnlyCollection<NetworkPlan> networks) => _networkCalls.Run(["networks"], () => Do(FakeOperation.NetworkApply, () =>
    {
        foreach (var plan in networks)
        {
            if (plan.HostLink is { } link && ForeignLinks.Contains(link))
                throw new FairwayException(ErrorKind.Conflict, plan.Name, $"create link '{link}': it exists and is not Fairway's; choose another network name");
            if (plan.Uplink is { } uplink && !ForeignLinks.Contains(uplink) && Uplinks.TrueForAll(device => device.Name != uplink))
                throw new FairwayException(ErrorKind.NotFound, $"uplink '{uplink}'", $"create network '{plan.Name}': this host has no device '{uplink}'; name one that 'ip link' lists");
            _networks[plan.Id] = plan;
        }
        Touch();
    }));

    void INetworkDriver.RemoveExcept(IReadOnlyCollection<NetworkPlan> keep) => _networkCalls.Run(["networks"], () => Do(FakeOperation.NetworkRemoveExcept, () =>
    {
        foreach (var id in _networks.Keys.Except(keep.Select(plan => plan.Id)).ToList())
            _networks.Remove(id);
        Touch();
    }));
}
