using System.CommandLine;
using System.Net;
using System.Text.Json;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Cli.Podman;
using Fairway.Cli.Resources;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway podman join</c>.</summary>
internal static class PodmanJoinCommand
{
    private const string NetworkDirectory = "/etc/containers/networks";

    public static CliCommand Create()
    {
        var reference = ResourceCommands.Reference(NetworkResource.Instance);
        var ranges = Values.Prefixes("--ip-range", "Slice of a subnet that Podman gives addresses from, one or more; other subnets' addresses come from Fairway");
        ranges.Required = true;
        var folder = new Option<string>("--network-dir") { Description = "Where Podman keeps its networks", HelpName = "DIRECTORY", DefaultValueFactory = _ => NetworkDirectory };
        return new CliCommand("join", "Gives Podman a network of Fairway's under its name; podman network rm takes it away again")
        {
            Examples = """
                fairway network create shared --subnet 10.40.0.0/16 --ip-range 10.40.0.0/18
                fairway podman join shared --ip-range 10.40.64.0/18
                podman run --network shared ...
                """,
        }
        .With(reference)
        .With(ranges, folder)
        .Does(session => JoinAsync(session, session.Get(reference), session.Get(ranges), session.Get(folder)));
    }

    private static async Task JoinAsync(Session session, string reference, IPNetwork[] ranges, string folder)
    {
        var network = await session.Client.GetNetworkAsync(reference, session.Cancellation);
        var description = JoinedNetwork.Describe(network, ranges, session.Time.GetUtcNow());
        var file = Path.Combine(folder, $"{description.Name}.json");
        if (File.Exists(file))
            throw new FairwayException(ErrorKind.AlreadyExists, $"file '{file}'", $"give network '{description.Name}' to Podman: it has a network of that name ('{file}'); podman network rm {description.Name} first");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(description, PodmanJson.Default.PodmanNetwork) + "\n", session.Cancellation);
        foreach (var subnet in network.Spec.Subnets.Where(subnet => subnet.AllocationRange is null && ranges.Any(range => subnet.Prefix.Covers(range))))
            await session.Terminal.Error.WriteLineAsync($"fairway: Fairway gives addresses of all of {subnet.Prefix} too: one that Podman wants may be taken; create the network with --ip-range to keep them apart");
        await session.Terminal.Out.WriteLineAsync($"wrote '{file}': podman run --network {description.Name} joins it");
    }
}
