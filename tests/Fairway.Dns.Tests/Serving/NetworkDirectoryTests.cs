using System.Net;
using Fairway.Dns.Serving;
using Fairway.Dns.Tests.Fixtures;

namespace Fairway.Dns.Tests.Serving;

public sealed class NetworkDirectoryTests
{
    private static readonly IPAddress s_asker = IPAddress.Parse("10.1.0.2");

    private readonly NetworkDirectory _directory = new();
    private readonly Guid _place = Guid.NewGuid();
    private readonly ResolverEndpoint _asker, _elsewhere;

    public NetworkDirectoryTests()
    {
        _asker = Tables.Endpoint("me: 10.1.0.2", _place);
        _elsewhere = Tables.Endpoint("me: 10.2.0.2", _place);
        _directory.Set(Tables.Network("one", number: 1).With(_asker));
        _directory.Set(Tables.Network("two", number: 2).With(_elsewhere));
        _directory.Set(Tables.Network("three", number: 3));
    }

    [Fact]
    public void NetworksOf_GivesTheAskedOneFirst_ThenTheOthersOfTheNamespace()
    {
        Assert.Equal([1u, 2u], Numbers(1, s_asker));
        Assert.Equal([2u, 1u], Numbers(2, IPAddress.Parse("10.2.0.2")));
        Assert.Equal([1u], Numbers(1, IPAddress.Parse("10.1.0.9")));
        Assert.Equal([], Numbers(9, s_asker));
    }

    [Fact]
    public void EndpointMovesToAnotherNamespace_LeavesTheFormerOne()
    {
        _directory.SetEndpoint(2, _elsewhere with { Namespace = Guid.NewGuid() });
        Assert.Equal([1u], Numbers(1, s_asker));
        _directory.SetEndpoint(2, _elsewhere);
        Assert.Equal([1u, 2u], Numbers(1, s_asker));
    }

    [Fact]
    public void EndpointIsSetTwice_AndRemovedOnce_IsGone()
    {
        _directory.SetEndpoint(2, _elsewhere);
        _directory.RemoveEndpoint(2, _elsewhere.Id);
        Assert.Equal([1u], Numbers(1, s_asker));
    }

    [Fact]
    public void NetworkIsReplacedOrRemoved_ItsEndpointsAreWhatItHasThen()
    {
        _directory.Set(Tables.Network("three", number: 3).With(Tables.Endpoint("x: 10.3.0.2", _place)));
        Assert.Equal([1u, 2u, 3u], Numbers(1, s_asker));
        _directory.Set(Tables.Network("two", number: 2));
        Assert.Equal([1u, 3u], Numbers(1, s_asker));
        _directory.Remove(3);
        Assert.Equal([1u], Numbers(1, s_asker));
    }

    [Fact]
    public void TwoEndpointsOnOneNetwork_TheNetworkIsGivenOnce_UntilBothAreGone()
    {
        ResolverEndpoint second = Tables.Endpoint("too: 10.2.0.3", _place);
        _directory.SetEndpoint(2, second);
        Assert.Equal([1u, 2u], Numbers(1, s_asker));
        _directory.RemoveEndpoint(2, _elsewhere.Id);
        Assert.Equal([1u, 2u], Numbers(1, s_asker));
        _directory.RemoveEndpoint(2, second.Id);
        Assert.Equal([1u], Numbers(1, s_asker));
    }

    private uint[] Numbers(uint network, IPAddress client) => [.. _directory.NetworksOf(network, client).Select(known => known.Number)];
}
