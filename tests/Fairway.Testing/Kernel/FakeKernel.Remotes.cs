using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<Guid, RemotePlan> _remotes = [];
    private readonly OverlapGuard<string> _remoteCalls = new();

    /// <summary>What the switch knows of other hosts, by owner.</summary>
    public IReadOnlyDictionary<Guid, RemotePlan> Remotes
    {
        get
        {
            lock (_gate)
                return new Dictionary<Guid, RemotePlan>(_remotes);
        }
    }

    void IOwnerDriver<RemotePlan>.Apply(RemotePlan remote) => InRemotes(FakeOperation.RemoteApply, () => _remotes[remote.Owner] = remote);

    void IOwnerDriver<RemotePlan>.Remove(RemotePlan remote) => InRemotes(FakeOperation.RemoteRemove, () => _remotes.Remove(remote.Owner));

    void IOwnerDriver<RemotePlan>.Synchronize(IReadOnlyCollection<RemotePlan> remotes) => InRemotes(FakeOperation.RemoteSynchronize, () =>
    {
        _remotes.Clear();
        foreach (var plan in remotes)
            _remotes[plan.Owner] = plan;
    });

    private void InRemotes(FakeOperation operation, Action action) => _remoteCalls.Run(["remotes"], () => Do(operation, action));
}
