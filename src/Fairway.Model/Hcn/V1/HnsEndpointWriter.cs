using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairway.Model.Endpoints;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.V1;

/// <summary>Endpoints as schema 1 has them, for clients of HNS.</summary>
public static class HnsEndpointWriter
{
    /// <summary>The engine of endpoints that clients of HNS attached; its ids are those of their containers.</summary>
    public const string Engine = "hns";

    /// <summary>The document.</summary>
    /// <param name="endpoint">A stored endpoint.</param>
    /// <param name="network">Its network.</param>
    /// <param name="document">The endpoint as a document of schema 2.</param>
    public static HnsEndpoint Write(Endpoint endpoint, Network network, HostComputeEndpoint document)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(document);
        var (v4, v6) = (First(endpoint, AddressFamily.InterNetwork), First(endpoint, AddressFamily.InterNetworkV6));
        return new HnsEndpoint
        {
            Id = document.Id,
            Name = document.Name,
            VirtualNetwork = document.HostComputeNetwork,
            VirtualNetworkName = network.Spec.Name,
            Policies = FlatPolicyWriter.OfEndpoint(document.Policies),
            MacAddress = document.MacAddress,
            IpAddress = v4?.Address.ToString(),
            PrefixLength = (byte?)v4?.PrefixLength,
            IPv6Address = v6?.Address.ToString(),
            IPv6PrefixLength = (byte?)v6?.PrefixLength,
            GatewayAddress = Gateway(document, AddressFamily.InterNetwork),
            GatewayAddressV6 = Gateway(document, AddressFamily.InterNetworkV6),
            DnsDomain = document.Dns?.Domain,
            DnsSuffix = HnsNetworkWriter.Joined(document.Dns?.Search),
            DnsServerList = HnsNetworkWriter.Joined(document.Dns?.ServerList),
            EnableInternalDns = network.Spec.Traits.HasGateway ? true : null,
            DisableIcc = endpoint.Spec.Apart ? true : null,
            IsRemoteEndpoint = endpoint.Spec.ProviderAddress is null ? null : true,
            EncapOverhead = (ushort?)endpoint.Spec.EncapOverhead,
            Namespace = endpoint.Spec.NamespaceId is { } id ? new HnsNamespace { Id = id } : null,
            SharedContainers = Container(endpoint) is { } container ? [container] : null,
            State = (ushort)endpoint.State,
            AdditionalParams = Texts(document.AdditionalParams),
            Unknown = document.Unknown,
        };
    }

    /// <summary>The container or virtual machine an endpoint is attached to, by the id its engine gave it; null when it is in none that is known.</summary>
    /// <param name="endpoint">A stored endpoint.</param>
    public static string? Container(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Spec is { Owner: { } owner } and ({ NamespaceId: not null } or { PluggedIn: true }) ? owner.Id : null;
    }

    /// <summary>Clients read them into texts, and fail over anything else.</summary>
    private static JsonElement? Texts(JsonElement? parameters) => parameters is not { ValueKind: JsonValueKind.Object } given
        ? null
        : HcnJson.ToElement(given.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToDictionary(member => member.Name, member => member.Value));

    private static EndpointAddress? First(Endpoint endpoint, AddressFamily family) => endpoint.Addresses.FirstOrDefault(address => address.Address.AddressFamily == family);

    private static string? Gateway(HostComputeEndpoint document, AddressFamily family) => (document.Routes ?? []).Select(route => route.NextHop)
        .FirstOrDefault(hop => IPAddress.TryParse(hop, out var address) && address.AddressFamily == family);
}
