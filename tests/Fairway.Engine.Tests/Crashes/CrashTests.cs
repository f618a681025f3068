using System.Net;
using Fairway.Engine.Planner;
using Fairway.Engine.Tests.Histories;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Testing;
using Fairway.Testing.Kernel;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Engine.Tests.Crashes;

/// <summary>
/// The daemon dies before or after any driver call of any operation; and while it recovers from that, again. What it finds when it starts
/// is the state before the operation or the one after it, the kernel agrees, and nothing is left over.
/// </summary>
public sealed class CrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<TestEngine, Task>> s_operations = new()
    {
        ["create network"] = host => host.Networking.CreateNetworkAsync(new NetworkSpec { Name = "new", Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.0.0/24"))] }, Cancellation),
        ["delete network"] = host => host.Networking.DeleteNetworkAsync("empty", Cancellation),
        ["create namespace"] = host => host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "new" }, Cancellation),
        ["adopt namespace"] = host => host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "new", Path = "/proc/2/ns/net" }, Cancellation),
        ["delete namespace"] = host => host.Networking.DeleteNamespaceAsync("empty", Cancellation),
        ["create endpoint"] = host => host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "new", Network = "web", Publications = [Port(90)] }, Cancellation),
        ["create attached endpoint"] = host => host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "new", Network = "web", Namespace = "empty", Publications = [Port(90), Port(91)] }, Cancellation),
        ["attach endpoint"] = host => host.Networking.AttachEndpointAsync("idle", "empty", "eth7", Cancellation),
        ["detach endpoint"] = host => host.Networking.DetachEndpointAsync("busy", Cancellation),
        ["delete endpoint"] = host => host.Networking.DeleteEndpointAsync("busy", Cancellation),
        ["publish"] = host => host.Networking.PublishAsync("busy", [Port(90), Port(91)], Cancellation),
        ["unpublish"] = host => host.Networking.UnpublishAsync("busy", [Port(80)], Cancellation),
        ["create route"] = host => host.Networking.CreateRouteAsync(new CreateRouteRequest { Name = "new", Endpoints = ["busy", "old"], Routes = [Way("198.18.0.0/15")] }, Cancellation),
        ["change route"] = host => host.Networking.ChangeRouteAsync("office", spec => spec with { Endpoints = [host.Networking.GetEndpoint("old").Spec.Id, host.Networking.GetEndpoint("idle").Spec.Id], Routes = [Way("198.18.0.0/15")] }, Cancellation),
        ["delete route"] = host => host.Networking.DeleteRouteAsync("office", Cancellation),
        ["engine attach"] = host => host.Networking.AttachAsync(Workload("new", "/proc/2/ns/net"), Cancellation),
        ["engine attach of a workload that moved"] = host =>
        {
            host.Kernel.EndNamespace("/proc/1/ns/net");
            return host.Networking.AttachAsync(Workload("old", "/proc/2/ns/net"), Cancellation);
        },
        ["engine detach"] = host => host.Networking.DetachAsync(new DetachRequest(new Owner("test", "old")), Cancellation),
    };

    private static readonly Dictionary<string, FakeOperation> s_failures = new()
    {
        ["create network"] = FakeOperation.NetworkApply,
        ["create namespace"] = FakeOperation.NamespaceIdentify,
        ["create attached endpoint"] = FakeOperation.EndpointApply,
        ["attach endpoint"] = FakeOperation.EndpointApply,
        ["publish"] = FakeOperation.PublicationApply,
        ["create route"] = FakeOperation.WayApply,
        ["change route"] = FakeOperation.WayApply,
        ["engine attach"] = FakeOperation.EndpointApply,
        ["engine attach of a workload that moved"] = FakeOperation.EndpointApply,
    };

    public static TheoryData<string> Operations => [.. s_operations.Keys];

    public static TheoryData<string, bool> Failures => [.. s_failures.Keys.SelectMany(name => new[] { (name, false), (name, true) })];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Death_AtAnyStep_LeavesTheStateBeforeOrAfter(string operation)
    {
        await using var host = await PrepareAsync();
        var before = HostSummary.Of(host.Engine.Store.Current);
        var images = await CrashImage.TakeAllAsync(host.Directory, host.Kernel, () => s_operations[operation](host));
        var after = HostSummary.Of(host.Engine.Store.Current);
        Assert.NotEqual(before, after);
        var lapsed = await LapsedAsync(operation);
        foreach (var image in images)
            await RecoverAsync(image, [before, after, lapsed], again: true);
        await RecoverAsync(CrashImage.Take("after the answer", host.Directory, host.Kernel), [after], again: false);
    }

    /// <summary>The same when the operation is refused and the daemon dies while it takes it back.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Death_AtAnyStepOfTakingBack_LeavesTheStateBeforeOrAfter(string operation, bool afterwards)
    {
        string after;
        await using (var smooth = await PrepareAsync())
        {
            await s_operations[operation](smooth);
            after = HostSummary.Of(smooth.Engine.Store.Current);
        }
        await using var host = await PrepareAsync();
        var before = HostSummary.Of(host.Engine.Store.Current);
        host.Kernel.FailNext(s_failures[operation], new InvalidOperationException("the kernel has no memory"), afterwards);
        var images = await CrashImage.TakeAllAsync(host.Directory, host.Kernel, () => Assert.ThrowsAsync<FairwayException>(() => s_operations[operation](host)));
        var undone = HostSummary.Of(host.Engine.Store.Current);
        if (operation != "engine attach of a workload that moved")
            Assert.Equal(before, undone);
        var lapsed = await LapsedAsync(operation);
        foreach (var image in images)
            await RecoverAsync(image, [before, undone, after, lapsed], again: false);
        await RecoverAsync(CrashImage.Take("after the answer", host.Directory, host.Kernel), [undone], again: false);
    }

    /// <summary>The state before, after a start that found out that the workload's namespace has ended.</summary>
    private static async Task<string> LapsedAsync(string operation)
    {
        await using var host = await PrepareAsync();
        if (operation.EndsWith("moved", StringComparison.Ordinal))
            host.Kernel.EndNamespace("/proc/1/ns/net");
        await host.RestartAsync();
        return HostSummary.Of(host.Engine.Store.Current);
    }

    /// <summary>Starts an engine on what a dead one left; with <paramref name="again"/> this one dies at each of its own steps too.</summary>
    private static async Task RecoverAsync(CrashImage image, string[] allowed, bool again)
    {
        TestEngine? started = null;
        var images = await CrashImage.TakeAllAsync(image.Directory, image.Kernel, async () => started = await TestEngine.StartAsync(image.Kernel, image.Directory, NoTime()));
        await using var host = started!;
        var summary = HostSummary.Of(host.Engine.Store.Current);
        Assert.True(allowed.Contains(summary), $"{image.Moment}:\n{summary}\nis neither\n{string.Join("\nnor\n", allowed)}");
        Invariants.Check(host.Engine.Store.Current);
        AssertAgreement(host, image.Moment);
        foreach (var second in images)
        {
            if (again)
                await RecoverAsync(second with { Moment = $"{image.Moment}, then {second.Moment}" }, [summary], again: false);
            else
                Directory.Delete(second.Directory, recursive: true);
        }
    }

    private static void AssertAgreement(TestEngine host, string moment)
    {
        var state = host.Engine.Store.Current;
        var plan = new HostPlanner(new LinkNames("fairway")).Plan(state);
        Assert.Equal(plan.Networks.Values.ToHashSet(), host.Kernel.Networks.Values.ToHashSet());
        Assert.Equal(plan.Endpoints.Values.ToHashSet(), host.Kernel.Endpoints.Values.ToHashSet());
        Assert.Equal(plan.Publications.Values.ToHashSet(), host.Kernel.Publications.Values.ToHashSet());
        Assert.Equal(plan.Ways.Values.ToHashSet(), host.Kernel.Ways.Values.ToHashSet());
        Assert.Equal(
            plan.Endpoints.Values.Select(endpoint => (endpoint.NetnsPath, endpoint.InterfaceName)).ToHashSet(),
            host.Kernel.NamespacePaths.SelectMany(path => host.Kernel.InterfacesIn(path).Select(name => (path, name))).ToHashSet());
        // None of our namespaces is forgotten.
        Assert.True(
            state.Namespaces.Values.Where(scope => scope.Namespace.Spec.Owned).Select(scope => scope.Namespace.Spec.Path).Order(StringComparer.Ordinal)
                .SequenceEqual(host.Kernel.NamespacePaths.Where(path => path.StartsWith("/run/netns/fairway-", StringComparison.Ordinal))),
            $"{moment}: {string.Join(' ', host.Kernel.NamespacePaths)}");
    }

    private static async Task<TestEngine> PrepareAsync()
    {
        var host = await TestEngine.StartAsync(time: NoTime());
        host.Kernel.AddNamespace("/proc/1/ns/net");
        host.Kernel.AddNamespace("/proc/2/ns/net");
        await host.Networking.CreateNetworkAsync(new NetworkSpec { Name = "web", Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/24")), new SubnetSpec(IPNetwork.Parse("fd00:1::/64"))] }, Cancellation);
        await host.Networking.CreateNetworkAsync(new NetworkSpec { Name = "empty", Subnets = [new SubnetSpec(IPNetwork.Parse("10.2.0.0/24"))] }, Cancellation);
        await host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "full" }, Cancellation);
        await host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "empty" }, Cancellation);
        await host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "busy", Network = "web", Namespace = "full", Publications = [Port(80)] }, Cancellation);
        await host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "idle", Network = "web", Publications = [Port(81)] }, Cancellation);
        await host.Networking.AttachAsync(Workload("old", "/proc/1/ns/net"), Cancellation);
        await host.Networking.CreateRouteAsync(new CreateRouteRequest { Name = "office", Endpoints = ["busy", "old"], Routes = [Way("203.0.113.0/24")] }, Cancellation);
        return host;
    }

    /// <summary>A clock that stands still: the reconcile loop waits for the end of the burst, and nothing happens beside the operation.</summary>
    private static FakeTimeProvider NoTime() => new();

    private static AttachRequest Workload(string name, string path) => new()
    {
        Network = "web",
        NetnsPath = path,
        Endpoint = name,
        Owner = new Owner("test", name),
        Publish = [new PortPublication { HostPort = (ushort)(name == "old" ? 70 : 71), ContainerPort = 70 }],
    };

    private static SwitchRoute Way(string prefix) => new(IPNetwork.Parse(prefix), IPAddress.Parse("192.0.2.2"));

    private static PortPublication Port(ushort port) => new() { HostPort = port, ContainerPort = port };
}
