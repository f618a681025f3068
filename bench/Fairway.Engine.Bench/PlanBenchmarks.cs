using System.Net;
using BenchmarkDotNet.Attributes;
using Fairway.Engine.Ipam;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Engine.Planner;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Engine.Bench;

/// <summary>What a write costs in memory: checks, allocation and planning, beside endpoints that are there already.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private static readonly Guid s_network = Guid.NewGuid();
    private readonly HostPlanner _planner = new(new LinkNames("fairway"));
    private readonly EndpointAdmission _admission = new(new AddressAllocator(TimeSpan.FromMinutes(1)), "boot");
    private HostState _state = null!;
    private HostPlan _plan = null!;

    [Params(100, 4000)]
    public int Present { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var transaction = new StoreTransaction(HostState.Empty, DateTimeOffset.UnixEpoch);
        transaction.Put(new Network(
            new NetworkSpec { Id = s_network, Name = "web", Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/20"), IPAddress.Parse("10.1.0.1")), new SubnetSpec(IPNetwork.Parse("fd00:1::/64"), IPAddress.Parse("fd00:1::1"))] },
            transaction.TakeNumber(NumberKind.Network), 1500, 1));
        for (var i = 0; i < Present; i++)
            Create(transaction);
        _state = transaction.State;
        _plan = _planner.Plan(_state);
    }

    [Benchmark]
    public HostPlan CreateAndPlanOneEndpoint()
    {
        var transaction = new StoreTransaction(_state, DateTimeOffset.UnixEpoch);
        Create(transaction);
        return _planner.Advance(_plan, transaction.State, transaction.Delta);
    }

    [Benchmark]
    public HostPlan PlanEverything() => _planner.Plan(_state);

    private void Create(StoreTransaction transaction)
    {
        var place = NamespaceAdmission.Adopt(transaction, "/proc/1/ns/net", (ulong)transaction.State.Namespaces.Count + 1);
        _admission.Create(transaction, new EndpointSpec { Id = Guid.NewGuid(), NetworkId = s_network, NamespaceId = place }, "$.Publications");
    }
}
