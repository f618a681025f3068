using Fairway.Client;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Policies;
using Fairway.Model.Ports;

namespace Fairway.Torture.Tests.Crash;

/// <summary>A life of a network in requests, each building on those before: every kind of change the daemon makes.</summary>
internal sealed class Operations(FairwayClient client, string guest)
{
    private const string Network = "brief";
    private const string Workload = "workload";
    private const string Machine = "machine";

    private static readonly Owner s_owner = new("torture", Workload);

    private static readonly PortPublication[] s_first = [Publication(9001), Publication(9002)];
    private static readonly PortPublication[] s_more = [Publication(9003), Publication(9004)];

    private static readonly AclRule[] s_rules =
    [
        new() { Kind = PolicyKind.Acl, Id = "in", Direction = PolicyDirection.In, Action = PolicyAction.Allow, Priority = 100, Protocols = [6], LocalPorts = [new PortInterval(80, 80)] },
        new() { Kind = PolicyKind.Acl, Id = "out", Direction = PolicyDirection.Out, Action = PolicyAction.Allow, Priority = 100 },
    ];

    public Operation[] All()
    {
        Operation create = new("create a network", () => client.CreateNetworkAsync(new() { Name = Network }), () => client.DeleteNetworkAsync(Network), HasNetworkAsync);
        Operation space = new("create a namespace", () => client.CreateNamespaceAsync(new() { Name = "room" }), () => client.DeleteNamespaceAsync("room"), HasRoomAsync);
        Operation endpoint = new("create an endpoint in it", () => client.CreateEndpointAsync(new() { Name = "guest", Network = Network, Namespace = "room" }), () => client.DeleteEndpointAsync("guest"), () => HasEndpointAsync("guest"));
        Operation machine = new("plug in a virtual machine", PlugInAsync, () => client.DeleteEndpointAsync(Machine), () => HasEndpointAsync(Machine));
        Operation attach = new("attach with published ports", AttachAsync, DetachAsync, () => HasEndpointAsync(Workload));
        Operation publish = new("publish", () => client.PublishAsync(Workload, s_more), () => client.UnpublishAsync(Workload, s_more), HasMorePortsAsync);
        Operation restrict = new("add rules", () => client.AddRulesAsync(Workload, isNetwork: false, s_rules), () => client.RemoveRulesAsync(Workload, isNetwork: false, ["in", "out"]), HasRulesAsync);
        Operation[] forward = [create, space, endpoint, machine, attach, publish, restrict];
        return [.. forward, .. forward.Reverse().Select(operation => operation.Reverse())];
    }

    private static PortPublication Publication(ushort port) => new() { HostPort = port, ContainerPort = 80 };

    private Task<AttachResult> AttachAsync() => client.AttachAsync(new AttachRequest { Network = Network, Endpoint = Workload, NetnsPath = guest, Owner = s_owner, Publish = [.. s_first] });

    private Task<Endpoint> PlugInAsync() => client.CreateEndpointAsync(new()
    {
        Name = Machine,
        Network = Network,
        VirtualNic = new VirtualNic(),
        InterfaceName = "tap-machine",
        Bandwidth = new BandwidthLimits { IncomingRate = 1_000_000_000, OutgoingRate = 1_000_000_000 },
    });

    private Task DetachAsync() => client.DetachAsync(new DetachRequest(s_owner));

    private async Task<bool> HasNetworkAsync()
    {
        var found = (await client.ListNetworksAsync()).FirstOrDefault(network => network.Spec.Name == Network);
        Assert.True(found is null || found.Spec.Subnets.Length == 2, "a network without its subnets");
        return found is not null;
    }

    private async Task<bool> HasRoomAsync() => (await client.ListNamespacesAsync()).Any(space => space.Spec.Name == "room");

    private async Task<bool> HasEndpointAsync(string name)
    {
        var found = (await client.ListEndpointsAsync()).FirstOrDefault(endpoint => endpoint.Spec.Name == name);
        if (found is null)
            return false;
        Assert.True(found.Addresses.Length == 2, $"endpoint '{name}' with {found.Addresses.Length} addresses");
        Assert.True(name != Workload || s_first.All(wanted => found.Spec.Publications.Any(port => port.HostPort == wanted.HostPort)), "an endpoint without its publications");
        return true;
    }

    private async Task<bool> HasMorePortsAsync()
    {
        var ports = (await client.ListPublicationsAsync()).Select(port => port.Publication.HostPort).Where(port => s_more.Any(wanted => wanted.HostPort == port)).Distinct().Count();
        return AllOrNone("publications", ports, s_more.Length);
    }

    private async Task<bool> HasRulesAsync() => AllOrNone("rules", (await client.ListRulesAsync(Workload, isNetwork: false)).Count, s_rules.Length);

    private static bool AllOrNone(string things, int found, int all)
    {
        Assert.True(found == 0 || found == all, $"{found} of {all} {things}");
        return found > 0;
    }

    /// <summary>Whether a request was answered, with a yes.</summary>
    public static async Task<bool> IsAnsweredAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (FairwayException gone) when (gone.Kind == ErrorKind.Unavailable)
        {
            return false;
        }
    }
}
