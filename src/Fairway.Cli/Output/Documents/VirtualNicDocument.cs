namespace Fairway.Cli.Output.Documents;

/// <summary>What a virtual machine and its hypervisor have to be told; numbers of users and groups are null where none was given.</summary>
/// <param name="Tap">The tap the hypervisor opens.</param>
/// <param name="User">Who may open it besides root.</param>
/// <param name="Group">Whose members may.</param>
/// <param name="MultiQueue">Whether it is opened several times.</param>
/// <param name="Mtu">MTU inside.</param>
/// <param name="Gateways">Default routers, at most one of each family.</param>
/// <param name="NameServers">Name servers.</param>
internal sealed record VirtualNicDocument(string Tap, uint? User, uint? Group, bool MultiQueue, int Mtu, IReadOnlyList<string> Gateways, IReadOnlyList<string> NameServers);
