using System.Net;
using CsCheck;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Dns.Tests;

public sealed class ResolverNetworkTests
{
    private static readonly Gen<string> s_letter = Gen.OneOfConst("a", "b");

    private static readonly Gen<ResolverEndpoint> s_arrival = Gen.Select(Gen.Int[0, 5], s_letter.Array[1, 2], s_letter.Array[0, 2], Gen.Byte[1, 6],
        (number, name, aliases, address) => new ResolverEndpoint(Id(number), string.Concat(name), [.. aliases], [new IPAddress([10, 1, 0, address])]));

    // A departure is an endpoint without a name.
    private static readonly Gen<ResolverEndpoint> s_departure = Gen.Int[0, 5].Select(number => new ResolverEndpoint(Id(number), "", [], []));

    private static readonly Gen<ResolverEndpoint[]> s_history = Gen.OneOf(s_arrival, s_departure).Array[0, 30];

    [Fact]
    public void AnyHistory_EndsInTheTableOfWhatIsLeft() => s_history.Sample(history =>
    {
        ResolverNetwork table = Tables.Network("net");
        var left = new Dictionary<Guid, ResolverEndpoint>();
        foreach (ResolverEndpoint step in history)
        {
            bool isRemoval = step.Name.Length == 0;
            table = isRemoval ? table.Without(step.Id) : table.With(step);
            left.Remove(step.Id);
            if (!isRemoval)
                left[step.Id] = step;
        }
        Assert.Equal(left.Values.ToHashSet(), table.Endpoints.Values.ToHashSet());
        foreach (string name in (string[])["a", "b", "aa", "ab", "ba", "bb"])
        {
            var expected = left.Values.Where(endpoint => endpoint.Name == name || endpoint.Aliases.Contains(name)).ToHashSet();
            Assert.Equal(expected, table.Find(Tables.Name(name)).ToHashSet());
            Assert.Equal(expected, table.Find(Tables.Name(name + ".net")).ToHashSet());
        }
        for (byte i = 1; i <= 6; i++)
        {
            var address = new IPAddress([10, 1, 0, i]);
            ResolverEndpoint? holder = table.Find(address);
            Assert.True(holder is null || left.ContainsValue(holder) && holder.Addresses.Contains(address));
        }
    });

    [Fact]
    public void With_AnEndpointThatTookAnAddressOver_KeepsIt_WhenTheFormerHolderLeaves()
    {
        ResolverEndpoint former = Tables.Endpoint("old: 10.1.0.2"), latter = Tables.Endpoint("new: 10.1.0.2");
        ResolverNetwork table = Tables.Network("web").With(former).With(latter).Without(former.Id);
        Assert.Same(latter, table.Find(IPAddress.Parse("10.1.0.2")));
    }

    [Fact]
    public void With_NamesThatAreNoDomainNames_KeepsTheOthers()
    {
        ResolverNetwork table = Tables.Network("web").With(new ResolverEndpoint(Guid.NewGuid(), new string('x', 64), ["good", "b..d"], [IPAddress.Loopback]));
        Assert.Single(table.Find(Tables.Name("good")));
        Assert.Single(table.Find(Tables.Name("good.web")));
    }

    [Theory]
    [InlineData(NetworkType.Nat, true)]
    [InlineData(NetworkType.Internal, false)]
    [InlineData(NetworkType.Private, false)]
    public void Of_AStoredNetwork_ForwardsUnlessItHasNoWayOut(NetworkType type, bool forwards)
    {
        var spec = new NetworkSpec { Name = "web", Type = type, Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/24"))] };
        var network = ResolverNetwork.Of(new Network(spec, 7, 1500, 1));
        Assert.Equal((7u, "web", forwards), (network.Number, network.Name, network.Forwards));
        Assert.Equal([IPNetwork.Parse("10.1.0.0/24")], network.Subnets);
    }

    [Theory]
    [InlineData(EndpointState.Attached, true)]
    [InlineData(EndpointState.Degraded, true)]
    [InlineData(EndpointState.Created, false)]
    [InlineData(EndpointState.Detached, false)]
    public void Of_AStoredEndpoint_HasNamesWhileItIsAttached(EndpointState state, bool expected)
    {
        var place = Guid.NewGuid();
        var spec = new EndpointSpec { Id = Guid.NewGuid(), Name = "c1", NetworkId = Guid.NewGuid(), NamespaceId = place, Aliases = ["www"] };
        var endpoint = new Endpoint(spec, 1, 1, default, [new EndpointAddress(IPAddress.Parse("10.1.0.2"), 24)], state, null, 1);
        var names = ResolverEndpoint.Of(endpoint);
        Assert.Equal(expected, names is not null);
        if (names is not null)
            Assert.Equal(("c1", "www", "10.1.0.2", place), (names.Name, names.Aliases.Single(), names.Addresses.Single().ToString(), names.Namespace));
    }

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
