using System.Net;
using System.Net.Sockets;
using Fairway.Cni.Tests.Fixtures;

namespace Fairway.Cni.Tests.Live;

/// <summary>The capability <c>bandwidth</c>, on real packets: a burst larger than a slow container may send or receive loses most of itself.</summary>
public sealed class BandwidthTests(CniMachine host) : IClassFixture<CniMachine>
{
    private const int Burst = 200;
    // 1,250 bytes a second: the burst would take minutes.
    private const string Slow = "\"runtimeConfig\": {\"bandwidth\": {\"ingressRate\": 10000, \"ingressBurst\": 16000, \"egressRate\": 10000, \"egressBurst\": 16000}}";

    [Fact]
    public async Task Limits_HoldInBothDirections_AndOnlyForTheContainerThatHasThem()
    {
        var (slow, one, other) = (await AddAsync(Slow), await AddAsync(""), await AddAsync(""));

        Assert.Equal(Burst, await SendAsync(one, other, wanted: Burst));
        Assert.InRange(await SendAsync(one, slow, wanted: 1), 1, Burst / 2);
        Assert.InRange(await SendAsync(slow, one, wanted: 1), 1, Burst / 2);

        // A host that looks for what is missing leaves the limits as they are.
        await host.Machine.KillDaemonAsync();
        await host.Machine.StartDaemonAsync();
        Assert.InRange(await SendAsync(one, slow, wanted: 1), 1, Burst / 2);
        Assert.InRange(await SendAsync(slow, one, wanted: 1), 1, Burst / 2);
    }

    private async Task<(CniCall Call, string Address)> AddAsync(string members)
    {
        var call = await host.CallAsync("ADD", "limited", members: members);
        return (call, call.Run().Succeeds().Addresses.First().Split('/')[0]);
    }

    /// <summary>Sends a burst of datagrams at once; answers how many had arrived when it was sent, or when the wanted ones had.</summary>
    private static async Task<int> SendAsync((CniCall Call, string Address) from, (CniCall Call, string Address) to, int wanted)
    {
        using var here = new Place(from.Call.Netns!);
        using var there = new Place(to.Call.Netns!);
        using var receiver = there.OpenUdp();
        receiver.ReceiveBufferSize = 8 << 20;
        receiver.Bind(new IPEndPoint(IPAddress.Any, 0));
        var target = new IPEndPoint(IPAddress.Parse(to.Address), ((IPEndPoint)receiver.LocalEndPoint!).Port);
        using var sender = here.OpenUdp();
        sender.SendBufferSize = 8 << 20;
        var datagram = new byte[1000];
        for (var i = 0; i < Burst; i++)
            sender.SendTo(datagram, target);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var arrived = 0;
        while (arrived < wanted || receiver.Available > 0)
        {
            await receiver.ReceiveAsync(datagram, SocketFlags.None, patience.Token);
            arrived++;
        }
        return arrived;
    }
}
