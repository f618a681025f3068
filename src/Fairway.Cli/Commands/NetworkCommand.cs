using Fairway.Cli.CommandLine;
using Fairway.Cli.Resources;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway network</c>.</summary>
internal static class NetworkCommand
{
    public static CliCommand Create() => new CliCommand("network", "Networks: prefixes whose endpoints reach each other")
        .With(
            NetworkCreateCommand.Create(),
            ResourceCommands.List(NetworkResource.Instance),
            ResourceCommands.Show(NetworkResource.Instance, "web"),
            SubnetCommands.CreateAdd(),
            SubnetCommands.CreateRemove(),
            ResourceCommands.Delete(NetworkResource.Instance, "Deletes networks that have no endpoints", "fairway network delete web blue"));
}
