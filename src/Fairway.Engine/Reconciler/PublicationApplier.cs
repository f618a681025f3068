using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings publications in the kernel to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class PublicationApplier(IPublicationDriver driver, PlanFollower plans)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Held<PublicationPlan>> _held = [];

    /// <summary>Withdraws those of some publications that are no longer in the plan, or differ in it.</summary>
    public void Withdraw(IReadOnlyCollection<uint> numbers)
    {
        if (numbers.Count == 0)
            return;
        lock (_gate)
        {
            var plan = plans.Current.Publications;
            var gone = new List<PublicationPlan>();
            foreach (var number in numbers)
            {
                if (_held.TryGetValue(number, out var held) && plan.GetValueOrDefault(number) != held.Plan)
                    gone.Add(held.Plan);
            }
            if (gone.Count == 0)
                return;
            driver.Remove(gone);
            foreach (var withdrawn in gone)
                _held.Remove(withdrawn.Number);
        }
    }

    /// <summary>Makes those of some publications that are in the plan.</summary>
    public void Publish(IReadOnlyCollection<uint> numbers)
    {
        if (numbers.Count == 0)
            return;
        lock (_gate)
        {
            var plan = plans.Current.Publications;
            var missing = new List<PublicationPlan>();
            foreach (var number in numbers)
            {
                if (plan.TryGetValue(number, out var desired) && !(_held.TryGetValue(number, out var held) && held.Whole && held.Plan == desired))
                    missing.Add(desired);
            }
            if (missing.Count == 0)
                return;
            Hold(missing, whole: false);
            driver.Apply(missing);
            Hold(missing, whole: true);
        }
    }

    /// <summary>Makes some publications once more.</summary>
    public void Refresh(IReadOnlyCollection<uint> numbers)
    {
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                if (_held.TryGetValue(number, out var held))
                    _held[number] = held with { Whole = false };
            }
        }
        Publish(numbers);
    }

    /// <summary>Brings all publications to the plan, known or not.</summary>
    /// <returns>How many rows changed.</returns>
    public int Synchronize()
    {
        lock (_gate)
        {
            List<PublicationPlan> all = [.. plans.Current.Publications.Values];
            var changed = driver.Synchronize(all);
            _held.Clear();
            Hold(all, whole: true);
            return changed;
        }
    }

    private void Hold(List<PublicationPlan> publications, bool whole)
    {
        foreach (var plan in publications)
            _held[plan.Number] = new Held<PublicationPlan>(plan, whole);
    }
}
