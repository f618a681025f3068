using System.Net;
using System.Net.Sockets;
using Fairway.Cli.Resources;
using Fairway.Model.Ports;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Whether programs of the host hold ports that are published.</summary>
internal static class PortCheck
{
    private const string Name = "ports";

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (host.Daemon is null)
            return [];
        var taken = (from port in host.Publications
                     from listener in host.Listeners
                     where Collide(port.Publication, listener)
                     select CheckResult.Warn(Name,
                         $"{listener.Owner ?? "a program"} holds {PublicationResource.Word(listener.Protocol)} {listener.Local}, which is published for endpoint '{port.Endpoint}': connections go to the endpoint",
                         $"stop it, or: fairway port unpublish {port.Endpoint} {PublicationResource.HostPort(port.Publication)}")).ToList();
        return taken.Count > 0 ? taken : [CheckResult.Ok(Name, "no program of this host holds a published port")];
    }

    private static bool Collide(PortPublication publication, Listener listener) =>
        publication.Protocol == listener.Protocol
        && listener.Local.Port >= publication.HostPort && listener.Local.Port < publication.HostPort + publication.Count
        && (publication.HostAddress is not { } address || IsEvery(listener.Local.Address, address) || listener.Local.Address.Equals(address));

    /// <summary>0.0.0.0 is every IPv4 address; :: is usually every address of both families.</summary>
    private static bool IsEvery(IPAddress listening, IPAddress published) =>
        listening.Equals(IPAddress.IPv6Any) || (listening.Equals(IPAddress.Any) && published.AddressFamily == AddressFamily.InterNetwork);
}
