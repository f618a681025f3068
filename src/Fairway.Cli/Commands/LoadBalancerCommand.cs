using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Resources;
using Fairway.Model.LoadBalancers;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway loadbalancer</c>.</summary>
internal static class LoadBalancerCommand
{
    private static readonly LoadBalancerResource s_resource = LoadBalancerResource.Instance;

    public static CliCommand Create() => new CliCommand("loadbalancer", "Load balancers: addresses and ports that lead to one of several endpoints")
        .With(
            LoadBalancerCreateCommand.Create(),
            ResourceCommands.List(s_resource),
            ResourceCommands.Show(s_resource, "shop"),
            CreateChange("add", "Adds backends, all of them or none", "added {0} to", isAdding: true),
            CreateChange("remove", "Removes backends, all of them or none; connections to them go on", "removed {0} from", isAdding: false),
            ResourceCommands.Delete(s_resource, "Deletes load balancers; connections over them end", "fairway loadbalancer delete shop"));

    private static CliCommand CreateChange(string verb, string description, string sentence, bool isAdding)
    {
        var reference = ResourceCommands.Reference(s_resource);
        var endpoints = new Argument<string[]>("ENDPOINT") { Description = "Name, NETWORK/NAME, id or beginning of an id", Arity = ArgumentArity.OneOrMore }.Completing(EndpointResource.Instance);
        return new CliCommand(verb, description) { Examples = $"fairway loadbalancer {verb} shop c3\nfairway loadbalancer {verb} shop web/c3 web/c4" }
            .With(reference, endpoints)
            .Does(async session =>
            {
                LoadBalancer changed = isAdding
                    ? await session.Client.AddBackendsAsync(session.Get(reference), session.Get(endpoints), session.Cancellation)
                    : await session.Client.RemoveBackendsAsync(session.Get(reference), session.Get(endpoints), session.Cancellation);
                var document = LoadBalancerResource.Document(changed, await Inventory.ReadAsync(session));
                ResourceCommands.Tell(session, s_resource, document,
                    $"{string.Format(sentence, Text.List(session.Get(endpoints)))} load balancer {s_resource.Title(document)}, which has {document.Backends.Count} now");
            });
    }
}
