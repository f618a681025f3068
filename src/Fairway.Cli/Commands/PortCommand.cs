using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway port</c>.</summary>
internal static class PortCommand
{
    public static CliCommand Create() => new CliCommand("port", "Published ports: ports of the host that lead to endpoints")
        .With(CreatePublish(), CreateUnpublish(), CreateList());

    private static CliCommand CreatePublish()
    {
        var reference = ResourceCommands.Reference(EndpointResource.Instance);
        var ports = Values.PublicationArguments("Ports to publish; host port 0 asks for a free one");
        var from = EndpointCreateCommand.PublishFrom();
        return new CliCommand("publish", "Publishes ports of an endpoint, all of them or none")
        {
            Examples = """
                fairway port publish c2 8080:80
                fairway port publish c2 127.0.0.1:5353:53/udp [::1]:5353:53/udp
                fairway port publish c2 0:443 --publish-from 192.0.2.0/24
                """,
        }
        .With(reference, ports)
        .With(from)
        .Does(async session =>
        {
            var asked = session.Get(ports).Select(port => port with { From = [.. session.Get(from) ?? []] }).ToList();
            var endpoint = await session.Client.GetEndpointAsync(session.Get(reference), session.Cancellation);
            var added = await session.Client.PublishAsync(endpoint.Spec.Id.ToString(), asked, session.Cancellation);
            await TellAsync(session, "published", endpoint, added);
        });
    }

    private static CliCommand CreateUnpublish()
    {
        var reference = ResourceCommands.Reference(EndpointResource.Instance);
        var ports = Values.HostSideArguments("Ports of the host to withdraw");
        return new CliCommand("unpublish", "Withdraws published ports of an endpoint, all of them or none")
        {
            Examples = """
                fairway port unpublish c2 8080
                fairway port unpublish c2 127.0.0.1:5353/udp 9000-9010
                """,
        }
        .With(reference, ports)
        .Does(async session =>
        {
            var endpoint = await session.Client.GetEndpointAsync(session.Get(reference), session.Cancellation);
            var removed = session.Get(ports).Select(port => Match(endpoint, port)).ToList();
            await session.Client.UnpublishAsync(endpoint.Spec.Id.ToString(), removed, session.Cancellation);
            await TellAsync(session, "withdrew", endpoint, removed);
        });
    }

    private static CliCommand CreateList()
    {
        var reference = ResourceCommands.Reference(EndpointResource.Instance);
        reference.Arity = ArgumentArity.ZeroOrOne;
        reference.Description = "Only of this endpoint";
        return new CliCommand("list", "Lists published ports") { Examples = "fairway port list\nfairway port list c2 --output json" }
            .With(reference)
            .Does(async session =>
            {
                var published = await session.Client.ListPublicationsAsync(session.Cancellation);
                if (session.Get(reference) is { } one)
                {
                    var endpoint = await session.Client.GetEndpointAsync(one, session.Cancellation);
                    published = [.. published.Where(port => port.EndpointId == endpoint.Spec.Id)];
                }
                var documents = published.Select(p => PublicationResource.Document(p.Publication, p.EndpointId, p.Endpoint, p.Network)).ToList();
                session.Write(PublicationResource.Kind, documents, terminal => Table.Write(terminal, PublicationResource.Columns, documents));
            });
    }

    /// <summary>
    /// The publication the user means: without an address the one that has these ports, whatever its address; where there is no such one, or more than
    /// one, the daemon says so.
    /// </summary>
    private static PortPublication Match(Endpoint endpoint, PortPublication asked)
    {
        var same = endpoint.Spec.Publications
            .Where(p => p.Protocol == asked.Protocol && p.HostPort == asked.HostPort && (asked.HostAddress is null || asked.HostAddress.Equals(p.HostAddress)))
            .ToList();
        return same.Find(p => Equals(p.HostAddress, asked.HostAddress)) ?? (same.Count == 1 ? same[0] : asked);
    }

    private static async Task TellAsync(Session session, string verb, Endpoint endpoint, IReadOnlyList<PortPublication> ports)
    {
        var network = await session.Client.GetNetworkAsync(endpoint.Spec.NetworkId.ToString(), session.Cancellation);
        List<PublicationDocument> documents =
            [.. ports.Select(port => PublicationResource.Document(port, endpoint.Spec.Id, endpoint.Spec.Name, network.Spec.Name))];
        session.Write(PublicationResource.Kind, documents,
            terminal => terminal.Out.WriteLine($"{verb} {Text.List(documents.Select(PublicationResource.Arrow))} of endpoint '{endpoint.Spec.Name}'"));
    }
}
