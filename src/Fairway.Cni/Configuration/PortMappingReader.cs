using System.Collections.Immutable;
using Fairway.Model.Ports;

namespace Fairway.Cni.Configuration;

/// <summary><c>[{"hostPort": 8080, "containerPort": 80, "protocol": "tcp", "hostIP": ""}, ...]</c></summary>
internal static class PortMappingReader
{
    /// <summary>Reads port mappings. A thousand consecutive ports become one publication.</summary>
    public static ImmutableArray<PortPublication> Read(Node value)
    {
        var publications = new List<PortPublication>();
        foreach (var mapping in value.Items().Select(ReadOne))
        {
            if (publications is [.., var last] && Follows(last, mapping))
                publications[^1] = last with { Count = last.Count + 1 };
            else
                publications.Add(mapping);
        }
        return [.. publications];
    }

    private static bool Follows(PortPublication range, PortPublication next) =>
        range.Protocol == next.Protocol && Equals(range.HostAddress, next.HostAddress)
        && range.HostPort + range.Count == next.HostPort && range.ContainerPort + range.Count == next.ContainerPort;

    private static PortPublication ReadOne(Node value)
    {
        foreach (var (key, member) in value.Members())
            if (key is not ("hostPort" or "containerPort" or "protocol" or "hostIP"))
                throw member.Unsupported("use hostPort, containerPort, protocol and hostIP");
        return new PortPublication
        {
            HostPort = Port(value, "hostPort"),
            ContainerPort = Port(value, "containerPort"),
            Protocol = value.Member("protocol") is { } protocol ? Protocol(protocol) : TransportProtocol.Tcp,
            HostAddress = value.Member("hostIP") is { } address && address.Text().Length > 0 ? address.Address() : null,
        };
    }

    private static ushort Port(Node value, string member) => (ushort)(value.Member(member) ?? throw value.Wrong($"'{member}' is missing")).Number(1, 65535);

    private static TransportProtocol Protocol(Node value) => value.Text().ToUpperInvariant() switch
    {
        "TCP" or "" => TransportProtocol.Tcp,
        "UDP" => TransportProtocol.Udp,
        _ => throw value.Wrong($"'{value.Text()}' has no ports that can be published; use tcp or udp"),
    };
}
