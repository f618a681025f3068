using Fairway.Client;
using Fairway.Model.Errors;
using Fairway.Netavark.CommandLine;

namespace Fairway.Netavark.Commands;

/// <summary><c>update</c>: whom a network's resolver asks about the outside.</summary>
internal sealed class UpdateCommand(FairwayClient client)
{
    /// <summary>Replaces the servers; none means the host's. A network nobody is on is not there, and gets Podman's list with its next container.</summary>
    /// <exception cref="FairwayException">Unsupported: the network is not one of Podman's.</exception>
    public async Task RunAsync(Invocation invocation)
    {
        try
        {
            var network = await client.GetNetworkAsync(invocation.Operand).ConfigureAwait(false);
            // A beginning of an id is no name.
            if (network.Spec.Name != invocation.Operand)
                return;
            if (!network.Spec.Transient)
            {
                throw new FairwayException(ErrorKind.Unsupported, $"network '{invocation.Operand}'",
                    $"update network '{invocation.Operand}': it is Fairway's own, and other engines' too; its name servers are not Podman's to choose");
            }
            await client.SetNetworkDnsAsync(network.Spec.Id.ToString("D"), network.Spec.Dns with { Servers = invocation.DnsServers }).ConfigureAwait(false);
        }
        catch (FairwayException absent) when (absent.Kind is ErrorKind.NotFound or ErrorKind.Conflict)
        {
            // Nobody is on it.
        }
    }
}
