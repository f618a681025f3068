using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Errors;
using Fairway.Model.Requests;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway endpoint</c>.</summary>
internal static class EndpointCommand
{
    public static CliCommand Create() => new CliCommand("endpoint", "Endpoints: the interfaces of namespaces, and NICs of virtual machines, on networks")
        .With(
            EndpointCreateCommand.Create(),
            ResourceCommands.List(EndpointResource.Instance),
            ResourceCommands.Show(EndpointResource.Instance, "web/c1"),
            ResourceCommands.Delete(EndpointResource.Instance, "Deletes endpoints, taking them out of their namespaces first",
                "fairway endpoint delete c1\nfairway endpoint delete web/c1 blue/c1"),
            CreateAttach(),
            CreateDetach());

    /// <summary>The namespace to attach to: by name, or by path.</summary>
    public static Option<string?> NamespaceOption() =>
        new Option<string?>("--namespace") { Description = "Namespace to attach to: name, id or beginning of an id", HelpName = "NAMESPACE" }
            .Completing(NamespaceResource.Instance);

    public static Option<string?> NetnsOption() => Values.NetnsPath("--netns", "In place of --namespace: a path that opens one, e.g. /proc/PID/ns/net");

    public static Option<string?> InterfaceOption() => new("--ifname") { Description = "Name of the interface in the namespace (default: eth0)", HelpName = "NAME" };

    public static void RequireOneNamespace(string? name, string? path)
    {
        if (name is not null && path is not null)
            throw new FairwayException(ErrorKind.InvalidArgument, "command line", "--namespace and --netns both say where to attach to; leave one out");
    }

    /// <summary><c>endpoint 'c1' on 'web': 10.1.0.2, fd00::2 as eth0 in namespace 'c1', 8080->80/tcp</c>.</summary>
    public static string Sentence(string verb, EndpointDocument e)
    {
        var where = e.VirtualNic is { } nic ? $", MAC {e.MacAddress}, behind tap '{nic.Tap}'" : e.Namespace is null ? "" : $", {e.Interface} in namespace '{e.Namespace}'";
        var ports = e.Publications.Count == 0 ? "" : $", ports {Text.List(e.Publications.Select(PublicationResource.Arrow))}";
        return $"{verb} endpoint {EndpointResource.Instance.Title(e)} on network '{e.Network}': "
            + $"{Text.List(e.Addresses.Select(EndpointResource.WithoutLength))}{where}{ports}";
    }

    private static CliCommand CreateAttach()
    {
        var reference = ResourceCommands.Reference(EndpointResource.Instance);
        var target = new Argument<string?>("NAMESPACE") { Description = "Name, id or beginning of an id", Arity = ArgumentArity.ZeroOrOne }
            .Completing(NamespaceResource.Instance);
        var (named, netns, ifname) = (NamespaceOption(), NetnsOption(), InterfaceOption());
        named.Hidden = true;
        ifname.Description = "Name of the interface in the namespace (default: as the endpoint was created with)";
        return new CliCommand("attach", "Puts an endpoint into a namespace")
        {
            Examples = """
                fairway endpoint attach c1 c1
                fairway endpoint attach c1 --netns /proc/4711/ns/net --ifname eth1
                """,
        }
        .With(reference, target)
        .With(named, netns, ifname)
        .Does(async session =>
        {
            var name = session.Get(target) ?? session.Get(named);
            RequireOneNamespace(name, session.Get(netns));
            if (name is null && session.Get(netns) is null)
                throw new FairwayException(ErrorKind.InvalidArgument, "command line", "attach needs a namespace: its name after the endpoint's, or --netns PATH");
            var request = new AttachEndpointRequest { Namespace = name, NetnsPath = session.Get(netns), InterfaceName = session.Get(ifname) };
            var endpoint = await session.Client.AttachEndpointAsync(session.Get(reference), request, session.Cancellation);
            var document = EndpointResource.Document(endpoint, await Inventory.ReadAsync(session));
            ResourceCommands.Tell(session, EndpointResource.Instance, document, Sentence("attached", document));
        });
    }

    private static CliCommand CreateDetach()
    {
        var reference = ResourceCommands.Reference(EndpointResource.Instance);
        return new CliCommand("detach", "Takes an endpoint out of its namespace; its addresses and ports stay reserved") { Examples = "fairway endpoint detach c1" }
            .With(reference)
            .Does(async session =>
            {
                var endpoint = await session.Client.DetachEndpointAsync(session.Get(reference), session.Cancellation);
                var document = EndpointResource.Document(endpoint, await Inventory.ReadAsync(session));
                ResourceCommands.Tell(session, EndpointResource.Instance, document, Sentence("detached", document));
            });
    }
}
