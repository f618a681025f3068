using System.Net;
using System.Text;
using System.Text.Json;
using Fairway.Api.Docker.Wire;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Ports;

namespace Fairway.Api.Docker.Networks;

/// <summary>The ports of a container, as Docker hands them over with the permission to open them.</summary>
internal static class PortMap
{
    private const string Key = "com.docker.network.portmap";
    private const byte Tcp = 6;
    private const byte Udp = 17;

    public static IReadOnlyList<PortBinding> Read(Dictionary<string, JsonElement>? options)
    {
        if (options is null || !options.TryGetValue(Key, out var map) || map.ValueKind == JsonValueKind.Null)
            return [];
        var bindings = FairwayJson.ReadRequest(Encoding.UTF8.GetBytes(map.GetRawText()), DockerJson.Default.PortBindingArray);
        return bindings;
    }

    /// <summary>One binding as a publication, towards the first of its host ports.</summary>
    /// <exception cref="FairwayException">Unsupported: the protocol has no ports here. InvalidArgument: the host address is none.</exception>
    public static PortPublication ToPublication(PortBinding binding) => new()
    {
        Protocol = binding.Proto switch
        {
            Tcp => TransportProtocol.Tcp,
            Udp => TransportProtocol.Udp,
            _ => throw new FairwayException(ErrorKind.Unsupported, $"port {binding.Port}", $"publish port {binding.Port}: protocol {binding.Proto} cannot be published; use tcp or udp"),
        },
        HostAddress = Address(binding),
        HostPort = binding.HostPort,
        ContainerPort = binding.Port,
    };

    /// <summary>Neighbouring ports become one range: a hundred bindings of <c>-p 8000-8099:80-179</c> are one publication again.</summary>
    public static List<PortPublication> Merge(IEnumerable<PortPublication> publications)
    {
        var merged = new List<PortPublication>();
        foreach (var next in publications.OrderBy(port => port.Protocol).ThenBy(port => port.HostAddress?.ToString(), StringComparer.Ordinal).ThenBy(port => port.HostPort))
        {
            if (merged is [.., var last] && Continues(last, next))
                merged[^1] = last with { Count = last.Count + 1 };
            else
                merged.Add(next);
        }
        return merged;
    }

    private static bool Continues(PortPublication last, PortPublication next) => next.HostPort != 0
        && last.Protocol == next.Protocol && Equals(last.HostAddress, next.HostAddress)
        && last.HostPort + last.Count == next.HostPort && last.ContainerPort + last.Count == next.ContainerPort;

    private static IPAddress? Address(PortBinding binding)
    {
        if (string.IsNullOrEmpty(binding.HostIP))
            return null;
        return AddressText.TryParse(binding.HostIP, out var address, out var error) ? address
            : throw new FairwayException(ErrorKind.InvalidArgument, $"port {binding.Port}", $"publish port {binding.Port}: host address {error}");
    }
}
