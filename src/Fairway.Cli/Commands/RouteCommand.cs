using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Endpoints;
using Fairway.Model.Requests;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway route</c>.</summary>
internal static class RouteCommand
{
    private static readonly RouteResource s_resource = RouteResource.Instance;

    public static CliCommand Create() => new CliCommand("route", "Routes in the switch: where packets go that leave the networks of some endpoints")
        .With(
            CreateCreate(),
            ResourceCommands.List(s_resource),
            ResourceCommands.Show(s_resource, "office"),
            ResourceCommands.Delete(s_resource, "Deletes routes; packets of their endpoints go as without them", "fairway route delete office"));

    private static CliCommand CreateCreate()
    {
        var name = new Argument<string>("NAME") { Description = "Letters, digits and _.-, at most 63" };
        Option<SwitchRoute[]> ways = Values.Routes("--to", "Prefix, and the router its packets are sent to, one or more; encap for one on another host of an overlay");
        ways.Required = true;
        var endpoints = new Option<string[]>("--endpoint") { Description = "Endpoint it is for, one or more", HelpName = "ENDPOINT" }.Completing(EndpointResource.Instance);
        var network = new Option<string?>("--network") { Description = "Network that all its endpoints must be of", HelpName = "NETWORK" }.Completing(NetworkResource.Instance);
        return new CliCommand("create", "Creates a route")
        {
            Examples = """
                fairway route create office --to 203.0.113.0/24,192.0.2.254 --endpoint c1 --endpoint c2
                fairway route create branch --to 10.60.0.0/16,10.50.0.19,encap --endpoint pods/c3 --network pods
                """,
        }
        .With(name)
        .With(ways, endpoints, network)
        .Does(async session =>
        {
            var created = await session.Client.CreateRouteAsync(
                new CreateRouteRequest
                {
                    Name = session.Get(name),
                    Network = session.Get(network),
                    Routes = [.. session.Get(ways) ?? []],
                    Endpoints = [.. session.Get(endpoints) ?? []],
                },
                session.Cancellation);
            var document = RouteResource.Document(created, await Inventory.ReadAsync(session));
            ResourceCommands.Tell(session, s_resource, document,
                $"created route '{document.Name}': {Text.List(document.Routes.Select(RouteResource.Sentence))}, for {(document.Endpoints.Count == 0 ? "no endpoint yet" : Text.List(document.Endpoints))}");
        });
    }
}
