using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<uint, PublicationPlan> _publications = [];
    private readonly OverlapGuard<string> _publicationCalls = new();

    /// <summary>What the publication driver holds, by number.</summary>
    public IReadOnlyDictionary<uint, PublicationPlan> Publications
    {
        get
        {
            lock (_gate)
                return new Dictionary<uint, PublicationPlan>(_publications);
        }
    }

    void IPublicationDriver.Apply(IReadOnlyCollection<PublicationPlan> publications) => InPublications(FakeOperation.PublicationApply, () =>
    {
        foreach (var plan in publications)
            _publications[plan.Number] = plan;
        return 0;
    });

    void IPublicationDriver.Remove(IReadOnlyCollection<PublicationPlan> publications) => InPublications(FakeOperation.PublicationRemove, () =>
    {
        foreach (var plan in publications)
            _publications.Remove(plan.Number);
        return 0;
    });

    int IPublicationDriver.Synchronize(IReadOnlyCollection<PublicationPlan> publications) => InPublications(FakeOperation.PublicationSynchronize, () =>
    {
        var desired = publications.ToDictionary(plan => plan.Number);
        var gone = _publications.Keys.Except(desired.Keys).ToList();
        var changed = desired.Values.Where(plan => !_publications.TryGetValue(plan.Number, out var have) || have != plan).ToList();
        foreach (var number in gone)
            _publications.Remove(number);
        foreach (var plan in changed)
            _publications[plan.Number] = plan;
        return gone.Sum(_ => 1) + changed.Sum(plan => plan.Count);
    });

    private int InPublications(FakeOperation operation, Func<int> action)
    {
        var rows = 0;
        _publicationCalls.Run(["publications"], () => rows = Do(operation, action));
        return rows;
    }
}
