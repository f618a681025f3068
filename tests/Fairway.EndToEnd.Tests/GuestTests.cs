using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Endpoints;

namespace Fairway.EndToEnd.Tests;

/// <summary>Namespaces inside of virtual machines, and the other ways of HCN and HNS to make an endpoint a machine's NIC for a time.</summary>
public sealed class GuestTests(GuestTests.Setup setup) : IClassFixture<GuestTests.Setup>
{
    private Machine Machine => setup.Machine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndpointInAGuestNamespace_IsTheMachinesNic_UntilItIsRemoved()
    {
        string id = Guid.NewGuid().ToString().ToUpperInvariant();
        await SendAsync("/hcn/v2/namespaces", $$"""{"ID":"{{id}}","Type":"Guest"}""");
        await Machine.DoAsync("endpoint create nic --network web --publish 8081:80");
        Endpoint nic = await Machine.Client.GetEndpointAsync("nic", Cancellation);
        await SendAsync($"/hcn/v2/namespaces/{id}/modify", $$$"""{"ResourceType":"Endpoint","RequestType":"Add","Settings":{"EndpointId":"{{{nic.Spec.Id}}}"}}""");

        string document = await GetAsync($"/hcn/v2/namespaces/{id}");
        Assert.Contains("\"Type\":\"Guest\"", document, StringComparison.Ordinal);
        Assert.Contains(nic.Spec.Id.ToString().ToUpperInvariant(), document, StringComparison.Ordinal);
        // Of the machine, the host has the tap and nothing else.
        Assert.Contains("tun", await LinkAsync("nic"), StringComparison.Ordinal);
        using (VirtualMachine guest = await VirtualMachine.BootAsync(Machine, "nic"))
        {
            guest.Inside.ServeTcp(80);
            await AssertReachableAsync(guest);
            await Machine.KillDaemonAsync();
            await Machine.StartDaemonAsync();
            await AssertReachableAsync(guest);
            await SendAsync($"/hcn/v2/namespaces/{id}/modify", $$$"""{"ResourceType":"Endpoint","RequestType":"Remove","Settings":{"EndpointId":"{{{nic.Spec.Id}}}"}}""");
            Assert.Equal("", await LinkAsync("nic"));
        }
        // The same endpoint in a container: its address and its port go with it.
        await Machine.DoAsync("namespace create inside");
        await Machine.DoAsync("endpoint attach nic inside");
        (await Machine.CompartmentAsync("inside")).ServeTcp(80);
        Assert.Equal(await Machine.AddressAsync("c1", 4), (await setup.Container.CallTcpAsync($"{nic.Addresses[0].Address}", 80)).SeenAs.ToString());
        Assert.Equal(Machine.LanAddress4, (await Machine.Lan.CallTcpAsync(Machine.HostAddress4, 8081)).SeenAs.ToString());
        await Machine.DoAsync("endpoint delete nic");
        await Machine.DoAsync("namespace delete inside");
        await Machine.DoAsync($"namespace delete {id}");
    }

    [Theory]
    [InlineData("/hns/v1/endpoints/{0}/attach", """{"SystemType":"VirtualMachine","ContainerId":"vm-7","VirtualNicName":"tap-7"}""", "/hns/v1/endpoints/{0}/detach", """{"SystemType":"VirtualMachine","ContainerId":"vm-7"}""")]
    [InlineData("/hcn/v2/endpoints/{0}/modify", """{"ResourceType":"Port","RequestType":"Add","Settings":{"VirtualNicName":"tap-7","VirtualMachineId":"0A3C7B1E-5D2F-4E8A-9B6C-1D2E3F4A5B6C"}}""",
        "/hcn/v2/endpoints/{0}/modify", """{"ResourceType":"Port","RequestType":"Remove"}""")]
    public async Task EndpointAttachedToAMachine_IsItsNic_UntilItIsDetached(string attach, string attaching, string detach, string detaching)
    {
        await Machine.DoAsync("endpoint create plug --network web");
        string id = (await Machine.Client.GetEndpointAsync("plug", Cancellation)).Spec.Id.ToString();
        await SendAsync(attach.Replace("{0}", id, StringComparison.Ordinal), attaching);
        Assert.Contains("tap-7", await LinkAsync("plug"), StringComparison.Ordinal);
        using (VirtualMachine guest = await VirtualMachine.BootAsync(Machine, "plug"))
        {
            Assert.True(await guest.Inside.PingAsync(await Machine.AddressAsync("c1", 4)));
            Assert.True(await setup.Container.PingAsync(await Machine.AddressAsync("plug", 6)));
            await SendAsync(detach.Replace("{0}", id, StringComparison.Ordinal), detaching);
        }
        Assert.Equal(EndpointState.Detached, (await Machine.Client.GetEndpointAsync("plug", Cancellation)).State);
        Assert.False(await setup.Container.PingAsync(await Machine.AddressAsync("plug", 4)));
        await Machine.DoAsync("endpoint delete plug");
        (await Programs.RunAsync(["ip", "netns", "del", $"{Machine.Instance}.plug"])).Expect();
    }

    private async Task AssertReachableAsync(VirtualMachine guest)
    {
        Assert.True(await guest.Inside.PingAsync(await Machine.AddressAsync("c1", 4)));
        Assert.Equal(await Machine.AddressAsync("c1", 6), (await setup.Container.CallTcpAsync(await Machine.AddressAsync("nic", 6), 80)).SeenAs.ToString());
        Assert.Equal(Machine.LanAddress4, (await Machine.Lan.CallTcpAsync(Machine.HostAddress4, 8081)).SeenAs.ToString());
    }

    /// <summary>What the host says about the tap of an endpoint; nothing when there is none.</summary>
    private async Task<string> LinkAsync(string endpoint)
        => (await Machine.Host.RunAsync("ip", "-d", "link", "show", (await Machine.Client.GetEndpointAsync(endpoint, Cancellation)).Spec.InterfaceName)).Output;

    private Task SendAsync(string path, string document) => OverlayTests.SendAsync(Machine, path, document);

    private async Task<string> GetAsync(string path)
        => (await Programs.RunAsync(["curl", "-sS", "--fail-with-body", "--unix-socket", Machine.SocketPath, $"http://fairway{path}"])).Expect();

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place Container { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            Container = (await Machine.AddAsync("c1", "web")).ServeTcp(80);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
