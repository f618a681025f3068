using System.Net;
using Fairway.Model.Ports;

namespace Fairway.Testing.Contract;

/// <summary>Uplinks, probe and watcher.</summary>
public abstract class HostContract : DriverContract
{
    [Fact]
    public void Uplinks_SynchronizedTwice_ChangeNothingTheSecondTime()
    {
        Drivers.Uplinks.Synchronize();
        Assert.Equal(0, Drivers.Uplinks.Synchronize());
    }

    [Fact]
    public void Uplinks_AfterRestart_ChangeNothing()
    {
        Drivers.Uplinks.Synchronize();
        Host.Restart();
        Assert.Equal(0, Drivers.Uplinks.Synchronize());
    }

    [Fact]
    public void Probe_LeavesOutOurOwn()
    {
        var network = PlanSamples.Network(1, Host.LinkName("n1"));
        Drivers.Networks.Apply([network]);
        Assert.DoesNotContain(network.Subnets[0], Drivers.Probe.Routes());
        Assert.DoesNotContain(network.Subnets[1], Drivers.Probe.Routes());
        Assert.Empty(network.Gateways.Select(gateway => gateway.Address).Intersect(Drivers.Probe.Addresses()));
    }

    [Fact]
    public void Probe_KnowsNoDefaultRoute()
    {
        Assert.DoesNotContain(Drivers.Probe.Routes(), route => route.PrefixLength == 0);
        Assert.InRange(Drivers.Probe.UplinkMtu(), 576, 65535);
    }

    [Fact]
    public void BootId_StaysTheSame()
    {
        var bootId = Drivers.Probe.BootId;
        Assert.NotEmpty(bootId);
        Host.Restart();
        Assert.Equal(bootId, Drivers.Probe.BootId);
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp, "0.0.0.0")]
    [InlineData(TransportProtocol.Udp, "0.0.0.0")]
    [InlineData(TransportProtocol.Tcp, "::1")]
    [InlineData(TransportProtocol.Tcp, "127.0.0.1")]
    public void HeldPort_NamesTheProcess_WhileItHoldsThePort(TransportProtocol protocol, string address)
    {
        Assert.Null(Drivers.Probe.FindHeldPort(protocol, null, 41234, 1));
        using (Host.HoldPort(protocol, IPAddress.Parse(address), 41234))
        {
            var held = Drivers.Probe.FindHeldPort(protocol, null, 41230, 10);
            Assert.Matches(@"^'.+' \(pid \d+\)$", held?.Holder);
            Assert.Equal((ushort)41234, held!.Port);
            Assert.Null(Drivers.Probe.FindHeldPort(protocol, null, 41235, 5));
            Assert.Null(Drivers.Probe.FindHeldPort(protocol, null, 41230, 4));
        }
        Assert.Null(Drivers.Probe.FindHeldPort(protocol, null, 41234, 1));
    }

    [Fact]
    public void HeldPort_OnOneAddress_LeavesOthersFree()
    {
        using (Host.HoldPort(TransportProtocol.Tcp, IPAddress.Parse("127.0.0.1"), 41234))
        {
            Assert.NotNull(Drivers.Probe.FindHeldPort(TransportProtocol.Tcp, IPAddress.Parse("127.0.0.1"), 41234, 1));
            Assert.NotNull(Drivers.Probe.FindHeldPort(TransportProtocol.Tcp, IPAddress.Any, 41234, 1));
            Assert.Null(Drivers.Probe.FindHeldPort(TransportProtocol.Tcp, IPAddress.Parse("127.0.0.2"), 41234, 1));
            Assert.Null(Drivers.Probe.FindHeldPort(TransportProtocol.Tcp, IPAddress.IPv6Any, 41234, 1));
            Assert.Null(Drivers.Probe.FindHeldPort(TransportProtocol.Udp, null, 41234, 1));
        }
    }

    [Fact]
    public async Task Watcher_CompletesAfterAChange()
    {
        var changed = Drivers.Watcher.WaitForChangeAsync(Cancellation).AsTask();
        Drivers.Networks.Apply([PlanSamples.Network(1, Host.LinkName("n1"))]);
        await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task Watcher_IsCancelled_WhileNothingHappens()
    {
        using var stop = new CancellationTokenSource();
        var changed = Drivers.Watcher.WaitForChangeAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        // A change that came before is reported first; then there is nothing more to wait for.
        try
        {
            await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Drivers.Watcher.WaitForChangeAsync(stop.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
    }
}
