using System.Runtime.InteropServices;
using Fairway.Dataplane.Policies;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Policies;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    private static uint s_generation;

    private readonly Dictionary<uint, (PolicyCompiler Compiler, AclRule[] Rules)> _policed = [];

    /// <summary>Gives an endpoint access rules, in place of those it has, and says so as the daemon does.</summary>
    public void Police(TestEndpoint endpoint, params AclRule[] rules) => Police(endpoint, AddressSets.None, rules);

    public void Police(TestEndpoint endpoint, AddressSets sets, AclRule[] rules)
    {
        PortRow row = Maps.Ports.Find(endpoint.Port)!.Value;
        Compile(endpoint.Port, sets, rules);
        row.Flags = rules.Length > 0 ? row.Flags | PortFlags.Policed : row.Flags & ~PortFlags.Policed;
        Maps.Ports.Set(endpoint.Port, row);
        BeginEpoch();
    }

    /// <summary>Gives a network access rules.</summary>
    public void Police(TestNetwork network, AddressSets sets, AclRule[] rules)
    {
        NetworkRow row = Maps.Networks.Find(network.Number)!.Value;
        Compile(SwitchLimits.RulesOfNetwork + network.Number, sets, rules);
        row.Flags = rules.Length > 0 ? row.Flags | NetworkFlags.Policed : row.Flags & ~NetworkFlags.Policed;
        Maps.Networks.Set(network.Number, row);
        BeginEpoch();
    }

    public void ForgetFlows()
    {
        Maps.Flows.RemoveMany([.. Maps.Flows.Enumerate().Select(flow => flow.Key)]);
        foreach (TestEndpoint endpoint in Endpoints)
            Maps.Usage.Set(endpoint.Port, default);
    }

    private void Compile(uint owner, AddressSets sets, AclRule[] rules)
    {
        if (!_policed.TryGetValue(owner, out (PolicyCompiler Compiler, AclRule[] Rules) known))
            known = (new PolicyCompiler(lines => new KernelImage(lines)) { FirstGeneration = s_generation += 1000 }, []);
        bool replaced = known.Compiler.Apply(known.Rules, rules, sets);
        _policed[owner] = (known.Compiler, rules);
        if (!replaced)
            return;
        int image = (int)((KernelImage)known.Compiler.Memory).Map.Descriptor.DangerousGetHandle();
        Maps.Rules.Set(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(ref owner)), MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref image)));
    }
}
