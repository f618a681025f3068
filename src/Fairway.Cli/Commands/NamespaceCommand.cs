using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Namespaces;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway namespace</c>.</summary>
internal static class NamespaceCommand
{
    public static CliCommand Create() => new CliCommand("namespace", "Namespaces (compartments): what endpoints are attached to")
        .With(
            CreateCreate(),
            ResourceCommands.List(NamespaceResource.Instance),
            ResourceCommands.Show(NamespaceResource.Instance, "c1"),
            ResourceCommands.Delete(NamespaceResource.Instance,
                "Deletes namespaces that have no endpoints; those Fairway did not make are only forgotten", "fairway namespace delete c1 c2"));

    private static CliCommand CreateCreate()
    {
        var name = new Argument<string>("NAME") { Description = "Letters, digits and _.-, at most 63" };
        var netns = Values.NetnsPath("--netns", "Take in this namespace instead of making one");
        var guest = new Option<bool>("--guest") { Description = "Inside of a virtual machine: endpoints attached to it are the machine's NICs, behind taps of the host" };
        return new CliCommand("create", "Creates a namespace")
        {
            Examples = """
                fairway namespace create c1
                fairway namespace create lab --netns /run/netns/lab
                fairway namespace create vm1 --guest
                """,
        }
        .With(name)
        .With(netns, guest)
        .Does(async session =>
        {
            var spec = new NamespaceSpec { Name = session.Get(name), Path = session.Get(netns), Guest = session.Get(guest) };
            var created = await session.Client.CreateNamespaceAsync(spec, session.Cancellation);
            var document = NamespaceResource.Document(created, await Inventory.ReadAsync(session));
            ResourceCommands.Tell(session, NamespaceResource.Instance, document,
                $"created namespace {NamespaceResource.Instance.Title(document)}{(document.Path is null ? "" : $" at {document.Path}")}");
        });
    }
}
