using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Commands;

/// <summary>The options of <c>endpoint create</c> that make it the NIC of a virtual machine; each of them does.</summary>
internal sealed class VirtualNicOptions
{
    private readonly Option<bool> _machine = new("--vm") { Description = "Make it the NIC of a virtual machine: a tap that the hypervisor opens, called as --ifname says" };
    private readonly Option<uint?> _user = Account("--vm-user", "User who may open the tap besides root", "USER", AccountFile.Users);
    private readonly Option<uint?> _group = Account("--vm-group", "Group whose members may open the tap; with --vm-user both are needed", "GROUP", AccountFile.Groups);
    private readonly Option<bool> _queues = new("--vm-queues") { Description = "Several queues: for a hypervisor that is told queues=2 or more" };

    public Option[] All => [_machine, _user, _group, _queues];

    public VirtualNic? Read(Session session) =>
        session.Get(_machine) || session.Get(_user) is not null || session.Get(_group) is not null || session.Get(_queues)
            ? new VirtualNic { User = session.Get(_user), Group = session.Get(_group), MultiQueue = session.Get(_queues) }
            : null;

    private static Option<uint?> Account(string name, string description, string helpName, string file) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => AccountFile.Find(result.Tokens[0].Value, file) ?? result.Refuse<uint?>($"'{result.Tokens[0].Value}' is not in {file}; give a number"),
    };
}
