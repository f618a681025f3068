using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Json;
using Fairway.Model.Requests;
using Fairway.Model.Statistics;

namespace Fairway.Cli.Tests.Commands;

/// <summary>NICs of virtual machines on the command line.</summary>
public sealed class VirtualNicTests
{
    private static readonly Endpoint s_machine = Sample.WebSpare with
    {
        Spec = Sample.WebSpare.Spec with { Name = "vm1", VirtualNic = new VirtualNic { User = 107, MultiQueue = true }, InterfaceName = "tap-vm1" },
        State = EndpointState.Attached,
    };

    [Theory]
    [InlineData("--vm", null, null, false)]
    [InlineData("--vm-user root", 0u, null, false)]
    [InlineData("--vm-group 36 --vm-queues", null, 36u, true)]
    public async Task Create_AsksForWhatWasTyped(string options, uint? user, uint? group, bool queues)
    {
        await using var daemon = Sample.Daemon().On("POST /v1/endpoints", s_machine, 201);
        var run = await CommandRun.Async(daemon, ["endpoint", "create", "vm1", "--network", "web", "--ifname", "tap-vm1", .. options.Split(' ')]);
        Assert.Equal("created endpoint 'vm1' on network 'web': 10.20.0.3, MAC 02:15:5d:00:00:04, behind tap 'tap-vm1'\n", run.Succeeded());
        var asked = FairwayJson.ReadRequest<CreateEndpointRequest>(System.Text.Encoding.UTF8.GetBytes(daemon.BodyOf("POST /v1/endpoints")));
        Assert.Equal((new VirtualNic { User = user, Group = group, MultiQueue = queues }, "tap-vm1"), (asked.VirtualNic, asked.InterfaceName));
    }

    [Fact]
    public async Task Create_WithoutItsOptions_IsNoMachine()
    {
        await using var daemon = Sample.Daemon().On("POST /v1/endpoints", Sample.WebC1, 201);
        (await CommandRun.Async(daemon, "endpoint", "create", "c1", "--network", "web")).Succeeded();
        Assert.Null(FairwayJson.ReadRequest<CreateEndpointRequest>(System.Text.Encoding.UTF8.GetBytes(daemon.BodyOf("POST /v1/endpoints"))).VirtualNic);
    }

    [Fact]
    public async Task Create_ForNobodyKnown_IsRefused()
    {
        await using var daemon = Sample.Daemon();
        var run = await CommandRun.Async(daemon, "endpoint", "create", "vm1", "--network", "web", "--vm-group", "no-such-group");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'no-such-group' is not in /etc/group; give a number", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_HasWhatHypervisorAndGuestNeed()
    {
        await using var daemon = Sample.Daemon().On("GET /v1/endpoints/vm1", s_machine)
            .On($"GET /v1/endpoints/{s_machine.Spec.Id}/statistics", new PortStatistics(1, 60, 2, 120, 0, 0));
        Golden.Matches("endpoint-show-vm.txt", (await CommandRun.Async(daemon, "endpoint", "show", "vm1")).Succeeded());
        Golden.Matches("endpoint-show-vm.json", (await CommandRun.Async(daemon, "endpoint", "show", "vm1", "-o", "json")).Succeeded());
    }
}
