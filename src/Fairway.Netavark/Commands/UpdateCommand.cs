using Fairway.Model.Errors;
using Fairway.Netavark.CommandLine;

namespace Fairway.Netavark.Commands;

/// <summary><c>update</c>: whom a network's resolver asks about the outside.</summary>
internal static class UpdateCommand
{
    /// <summary>Refuses all but the host's own resolvers, which is what an empty list asks for.</summary>
    /// <exception cref="FairwayException">Unsupported: servers were given.</exception>
    public static void Run(Invocation invocation)
    {
        if (invocation.DnsServers.IsEmpty)
            return;
        throw new FairwayException(ErrorKind.Unsupported, $"network '{invocation.Operand}'",
            $"update network '{invocation.Operand}': it is to ask name servers of its own ({string.Join(", ", invocation.DnsServers)}); Fairway asks the host's: leave them out");
    }
}
