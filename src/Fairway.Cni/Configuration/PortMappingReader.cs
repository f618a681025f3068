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
        var (hostPort, containerPort, mapping) = (default(Node?), default(Node?), new PortPublication { HostPort = 0, ContainerPort = 0 });
        foreach (var (key, member) in value.Members("hostPort", "containerPort", "protocol", "hostIP"))
        {
            switch (key)
            {
                case "hostPort":
                    hostPort = member;
                    break;
                case "containerPort":
                    containerPort = member;
                    break;
                case "protocol":
                    mapping = mapping with { Protocol = Protocol(member) };
                    break;
                case "hostIP":
                    mapping = mapping with { HostAddress = member.Text().Length > 0 ? member.Address() : null };
                    break;
                default:
                    throw member.Unsupported("use hostPort, containerPort, protocol and hostIP");
            }
        }
        return mapping with { HostPort = Port(value, hostPort, "hostPort"), ContainerPort = Port(value, containerPort, "containerPort") };
    }

    private static ushort Port(Node mapping, Node? value, string member) => (ushort)(value ?? throw mapping.Wrong($"'{member}' is missing")).Number(1, 65535);

    private static TransportProtocol Protocol(Node value) => value.Text().ToUpperInvariant() switch
    {
        "TCP" or "" => TransportProtocol.Tcp,
        "UDP" => TransportProtocol.Udp,
        _ => throw value.Wrong($"'{value.Text()}' has no ports that can be published; use tcp or udp"),
    };
}
