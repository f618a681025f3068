using System.Net;
using Fairway.Dns.Serving;

namespace Fairway.Dns.Tests.Serving;

public sealed class ClientQuotaTests
{
    private readonly ClientQuota _quota = new(most: 5, crowd: 8, modest: 2);

    [Fact]
    public void Enter_Alone_IsAllowedUpToTheMost()
    {
        Assert.Equal(5, EnterAll(Client(1)));
        _quota.Leave(Client(1));
        Assert.Equal(1, EnterAll(Client(1)));
    }

    [Fact]
    public void Enter_InACrowd_IsAllowedToTheModest()
    {
        Assert.Equal((5, 3), (EnterAll(Client(1)), EnterAll(Client(2))));
        Assert.Equal((0, 2, 2), (EnterAll(Client(1)), EnterAll(Client(3)), EnterAll(Client(4))));
        for (int i = 0; i < 5; i++)
            _quota.Leave(Client(1));
        Assert.Equal(1, EnterAll(Client(3)));
    }

    [Fact]
    public void Enter_TheSameAddressOnAnotherNetwork_IsAnotherClient()
    {
        Assert.Equal(5, EnterAll(Client(1)));
        Assert.Equal(3, EnterAll(Client(1) with { Network = 2 }));
    }

    private static Client Client(byte number) => new(1, new IPAddress([10, 1, 0, number]));

    private int EnterAll(Client client)
    {
        int entered = 0;
        while (_quota.TryEnter(client))
            entered++;
        return entered;
    }
}
