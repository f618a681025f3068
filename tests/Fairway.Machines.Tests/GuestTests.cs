using System.Net;

namespace Fairway.Machines.Tests;

/// <summary>A real guest, booted by QEMU, and containers call each other over three kinds of network.</summary>
public sealed class GuestTests(GuestWorld world) : IClassFixture<GuestWorld>
{
    [Theory]
    [InlineData("nat")]
    [InlineData("lan")]
    [InlineData("pods")]
    [InlineData("mtu")]
    public void Guest_ReachesContainersTheHostAndTheOutside(string network)
    {
        SkipWithoutKernel();
        Assert.Equal("ok", world.Results["modules"]);
        var checks = world.Results.Where(result => result.Key.StartsWith($"{network} ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.Equal($"{check.Key}: ok", $"{check.Key}: {check.Value}"));
    }

    [Fact]
    public async Task Containers_ReachTheGuest_AndItSeesWhoCalls()
    {
        SkipWithoutKernel();
        foreach (int version in new[] { 4, 6 })
            Assert.Equal(await world.Host.AddressAsync("c1", version), await WhoAsync(world.Neighbour, await world.Host.AddressAsync("vm-web", version)));
        Assert.Equal(GuestWorld.Station4, await WhoAsync(world.Station, GuestWorld.Guest4));
        Assert.Equal(GuestWorld.Pod4, await WhoAsync(world.Remote, GuestWorld.GuestPod4));
        Assert.Equal(GuestWorld.Pod6, await WhoAsync(world.Remote, GuestWorld.GuestPod6));
    }

    [Fact]
    public async Task TheHostAndTheLan_ReachTheGuest_AlsoByItsPublishedPort()
    {
        SkipWithoutKernel();
        // Not from the LAN that the guest itself has a NIC on: it would answer there.
        Assert.Equal(Fabric.Address(2), await WhoAsync(world.Fabric.Hosts[1].Host, Fabric.Address(1), 8080));
        Assert.Equal(Machine.LanAddress4, await WhoAsync(world.Host.Lan, GuestWorld.Guest4));
        Assert.Equal(Machine.HostAddress4, await WhoAsync(world.Host.Host, GuestWorld.Guest4));
        Assert.Equal(await world.Host.GatewayAsync("web", 4), await WhoAsync(world.Host.Host, "127.0.0.1", 8080));
    }

    [Fact]
    public async Task DaemonKilled_TheGuestIsReachedAllTheSame_AndAfterItCameBack()
    {
        SkipWithoutKernel();
        string guest = await world.Host.AddressAsync("vm-web", 4), container = await world.Host.AddressAsync("c1", 4);
        await world.Host.KillDaemonAsync();
        Assert.Equal(container, await WhoAsync(world.Neighbour, guest));
        await world.Host.StartDaemonAsync();
        Assert.Equal(container, await WhoAsync(world.Neighbour, guest));
        Assert.Equal(GuestWorld.Pod4, await WhoAsync(world.Remote, GuestWorld.GuestPod4));
    }

    /// <summary>Asks the guest's web server who is calling. IPv4 callers stand there as ::ffff:, for it listens on both families at once.</summary>
    private static async Task<string> WhoAsync(Place from, string address, int port = 80)
    {
        string host = address.Contains(':') ? $"[{address}]" : address;
        string text = (await from.RunAsync("curl", "-sS", "--retry", "3", "--retry-connrefused", "-m", "20", $"http://{host}:{port}/cgi-bin/who")).Expect();
        IPAddress seen = IPAddress.Parse(text.Trim('[', ']'));
        return (seen.IsIPv4MappedToIPv6 ? seen.MapToIPv4() : seen).ToString();
    }

    private void SkipWithoutKernel() => Assert.SkipUnless(world.HasKernel, "this distribution's archive has no linux-image-cloud-amd64");
}
