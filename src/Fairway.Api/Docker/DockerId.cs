using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Api.Docker;

/// <summary>Docker's ids of networks and endpoints: 64 lower-case hexadecimal digits. Ours are the first half, so that each is found by the other.</summary>
internal static class DockerId
{
    /// <summary>What Docker is called where engines are told apart.</summary>
    public const string Engine = "docker";

    private const int Length = 64;

    /// <summary>The id as one of ours.</summary>
    /// <exception cref="FairwayException">InvalidArgument: it is none.</exception>
    public static Guid ToGuid(string member, string id) => Guid.ParseExact(Check(member, id)[..32], "N");

    /// <summary>The id, when it is one.</summary>
    /// <exception cref="FairwayException">InvalidArgument: it is none.</exception>
    public static string Check(string member, string id) => id.Length == Length && id.All(char.IsAsciiHexDigitLower)
        ? id
        : throw new FairwayException(ErrorKind.InvalidArgument, member,
            $"{member} '{ResourceName.Printable(id.Length > Length ? id[..Length] : id)}' is no id of Docker's; it has {Length} hexadecimal digits"
            + (id.Length < Length ? " (networks of swarm scope are not supported; create the network with scope local)" : ""));
}
