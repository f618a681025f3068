using Fairway.Dataplane.Endpoints;
using Fairway.Dataplane.Networks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Policies;

/// <inheritdoc/>
/// <remarks>
/// What is in force is remembered in compiled form, to change it rule by rule. A new daemon compiles everything anew: the former images
/// stay in force until theirs are ready.
/// </remarks>
internal sealed class PolicyDriver(VirtualSwitch virtualSwitch, PortTable ports, NetworkTable networks) : IPolicyDriver, IDisposable
{
    private readonly RuleImages _images = new(virtualSwitch.Maps);
    private readonly Dictionary<Guid, (PolicyPlan Plan, PolicyCompiler Compiler)> _inForce = [];

    /// <inheritdoc/>
    public void Apply(PolicyPlan policies)
    {
        if (_inForce.TryGetValue(policies.Owner, out (PolicyPlan Plan, PolicyCompiler Compiler) known) && OwnerOf(known.Plan) != OwnerOf(policies))
            Remove(known.Plan);
        Compile(policies);
        SetPoliced(policies, true);
        virtualSwitch.BeginEpoch();
    }

    /// <inheritdoc/>
    public void Remove(PolicyPlan policies)
    {
        SetPoliced(policies, false);
        virtualSwitch.BeginEpoch();
        if (!_inForce.Remove(policies.Owner, out (PolicyPlan Plan, PolicyCompiler Compiler) known))
            return;
        _images.Remove(OwnerOf(known.Plan));
        known.Compiler.Dispose();
    }

    /// <inheritdoc/>
    public void Synchronize(IReadOnlyCollection<PolicyPlan> policies)
    {
        foreach (PolicyPlan plan in policies)
        {
            Compile(plan);
            SetPoliced(plan, true);
        }
        HashSet<uint> owners = [.. policies.Select(OwnerOf)];
        foreach ((uint port, PortRow row) in ports.Endpoints().Where(entry => entry.Value.Flags.HasFlag(PortFlags.Policed) && !owners.Contains(entry.Key)).ToList())
            ports.SetPoliced(port, row.Generation, false);
        foreach (uint network in networks.Policed().Where(network => !owners.Contains(SwitchLimits.RulesOfNetwork + network)))
            networks.SetPoliced(network, false);
        virtualSwitch.BeginEpoch();
        foreach (uint owner in _images.Owners().Where(owner => !owners.Contains(owner)).ToList())
            _images.Remove(owner);
        HashSet<Guid> ids = [.. policies.Select(plan => plan.Owner)];
        foreach (Guid gone in _inForce.Keys.Where(id => !ids.Contains(id)).ToList())
        {
            _inForce.Remove(gone, out (PolicyPlan Plan, PolicyCompiler Compiler) known);
            known.Compiler.Dispose();
        }
    }

    /// <summary>Rules stay in force.</summary>
    public void Dispose()
    {
        foreach ((PolicyPlan _, PolicyCompiler compiler) in _inForce.Values)
            compiler.Dispose();
        _inForce.Clear();
    }

    private static uint OwnerOf(PolicyPlan plan) => plan.IsNetwork ? SwitchLimits.RulesOfNetwork + plan.Number : plan.Number;

    private void SetPoliced(PolicyPlan plan, bool policed)
    {
        if (plan.IsNetwork)
            networks.SetPoliced(plan.Number, policed);
        else
            ports.SetPoliced(plan.Number, plan.Generation, policed);
    }

    private void Compile(PolicyPlan plan)
    {
        uint owner = OwnerOf(plan);
        PolicyPlan? before = _inForce.Remove(plan.Owner, out (PolicyPlan Plan, PolicyCompiler Compiler) known) ? known.Plan : null;
        PolicyCompiler compiler = before is not null ? known.Compiler : new PolicyCompiler(lines => new KernelImage(lines)) { FirstGeneration = _images.LastGeneration(owner) };
        try
        {
            (IEnumerable<AclRule> removed, IEnumerable<AclRule> added) = Difference(before, plan);
            if (compiler.Apply(removed, added, plan.Sets))
                _images.Set(owner, (KernelImage)compiler.Memory);
            _inForce[plan.Owner] = (plan, compiler);
        }
        catch (Exception problem)
        {
            // Half compiled, it is good for nothing; the image in force has not changed.
            compiler.Dispose();
            if (problem is not LinuxException { Errno: Errno.ENOMEM or Errno.E2BIG })
                throw;
            throw new FairwayException(ErrorKind.Exhausted, $"'{plan.Name}'", $"bring {plan.Policies.Rules.Count:N0} access rules in force: {problem.Message}", inner: problem);
        }
    }

    /// <summary>By the steps that were made since, or rule by rule when they are not known.</summary>
    private static (IEnumerable<AclRule> Removed, IEnumerable<AclRule> Added) Difference(PolicyPlan? before, PolicyPlan after)
    {
        if (before is null)
            return ([], after.Policies.Rules.Values);
        if (after.Policies.ChangesSince(before.Policies) is { } changes)
        {
            HashSet<uint> touched = [.. changes.SelectMany(change => change.Removed.Concat(change.Added)).Select(rule => rule.Number)];
            return (Pick(before, touched), Pick(after, touched));
        }
        return (before.Policies.Rules.Values.Where(rule => !ReferenceEquals(after.Policies.Rules.GetValueOrDefault(rule.Number), rule)),
            after.Policies.Rules.Values.Where(rule => !ReferenceEquals(before.Policies.Rules.GetValueOrDefault(rule.Number), rule)));
    }

    private static List<AclRule> Pick(PolicyPlan plan, HashSet<uint> numbers)
    {
        var rules = new List<AclRule>(numbers.Count);
        foreach (uint number in numbers)
        {
            if (plan.Policies.Rules.TryGetValue(number, out AclRule? rule))
                rules.Add(rule);
        }
        return rules;
    }
}
