using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>A container and the networks it joins or leaves, whoever asked in which form.</summary>
/// <param name="Id">Podman's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hostname">What it calls itself, or null.</param>
/// <param name="Attachments">The networks, in the order of their interfaces.</param>
/// <param name="Ports">What it publishes, on whichever network has a way in.</param>
/// <param name="DnsServers">Whom its names of the outside are to be asked of.</param>
internal sealed record Container(string Id, string Name, string? Hostname, ImmutableArray<Attachment> Attachments,
    IReadOnlyList<PortMappingDocument> Ports, IReadOnlyList<string> DnsServers)
{
    /// <summary>What Fairway knows the container by.</summary>
    public Owner Owner => new("podman", Id, Name.Length == 0 ? null : Name);
}
