using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Api.Docker.Wire;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Api.Docker.Networks;

/// <summary>
/// Docker's endpoints. Docker moves the interface into the container itself, names it and gives it its addresses, so it is handed over when it
/// is created; joining only tells Docker what to move.
/// </summary>
internal sealed class DockerEndpoints(IHostNetworking host, DockerNetworks networks)
{
    /// <summary>Docker numbers interfaces inside from this: eth0, eth1.</summary>
    private const string InterfacePrefix = "eth";

    private readonly PortProgram _ports = new(host);

    public async Task<CreateEndpointAnswer> CreateAsync(CreateEndpointRequest request, CancellationToken cancellation)
    {
        var network = networks.Get(request.NetworkID);
        var id = DockerId.ToGuid("EndpointID", request.EndpointID);
        var asked = request.Interface ?? new EndpointInterface();
        CheckOptions(request);
        ImmutableArray<IPAddress> addresses = [.. new[] { Read(network, asked.Address), Read(network, asked.AddressIPv6) }.OfType<IPAddress>()];
        var mac = ReadMac(asked.MacAddress);
        if (Find(id) is { } present)
            return CheckSame(present, network, addresses, mac) ? Answer(present, asked) : throw Taken(request.EndpointID);
        var made = await host.CreateEndpointAsync(
            new EndpointSpec
            {
                Id = id,
                NetworkId = network.Spec.Id,
                HandedOver = true,
                Addresses = addresses,
                MacAddress = mac,
                // Whose it is, Docker tells when the container runs.
                Owner = new Owner(DockerId.Engine, request.EndpointID),
            },
            cancellation);
        return Answer(made, asked);
    }

    public async Task DeleteAsync(EndpointRequest request, CancellationToken cancellation)
    {
        DockerId.Check("NetworkID", request.NetworkID);
        if (Find(DockerId.ToGuid("EndpointID", request.EndpointID)) is not { } endpoint)
            return;
        try
        {
            await host.DeleteEndpointAsync(endpoint.Spec.Id.ToString("D"), cancellation);
        }
        catch (FairwayException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // Somebody was faster.
        }
    }

    /// <summary>Nothing that Docker could show: of ports it takes only what its own drivers say (libnetwork#2451).</summary>
    public Task<EndpointInformation> DescribeAsync(EndpointRequest request, CancellationToken cancellation)
    {
        Get(request.NetworkID, request.EndpointID);
        return Task.FromResult(new EndpointInformation([]));
    }

    public Task<JoinAnswer> JoinAsync(JoinRequest request, CancellationToken cancellation)
    {
        var (network, endpoint) = Get(request.NetworkID, request.EndpointID);
        return Task.FromResult(new JoinAnswer(
            new JoinInterface(HandoverLink.NameOf(endpoint.Spec.Id), InterfacePrefix),
            Gateway(network, endpoint, AddressFamily.InterNetwork),
            Gateway(network, endpoint, AddressFamily.InterNetworkV6),
            DisableGatewayService: true));
    }

    /// <summary>Docker takes the interface back by itself, and deletes the endpoint next.</summary>
    public static Task LeaveAsync(EndpointRequest request, CancellationToken cancellation)
    {
        DockerId.Check("NetworkID", request.NetworkID);
        DockerId.Check("EndpointID", request.EndpointID);
        return Task.CompletedTask;
    }

    public Task PublishAsync(EndpointRequest request, CancellationToken cancellation) =>
        _ports.PublishAsync(Get(request.NetworkID, request.EndpointID).Endpoint, PortMap.Read(request.Options), cancellation);

    public Task UnpublishAsync(EndpointRequest request, CancellationToken cancellation)
    {
        DockerId.Check("NetworkID", request.NetworkID);
        return Find(DockerId.ToGuid("EndpointID", request.EndpointID)) is { } endpoint ? _ports.UnpublishAsync(endpoint, cancellation) : Task.CompletedTask;
    }

    private (Network Network, Endpoint Endpoint) Get(string networkId, string endpointId)
    {
        var network = networks.Get(networkId);
        var endpoint = Find(DockerId.ToGuid("EndpointID", endpointId));
        return endpoint is not null && endpoint.Spec.NetworkId == network.Spec.Id ? (network, endpoint)
            : throw new FairwayException(ErrorKind.NotFound, $"Docker endpoint '{endpointId[..12]}'",
                $"network '{network.Spec.Name}' has no endpoint '{endpointId[..12]}'; restart the container");
    }

    private Endpoint? Find(Guid id) => host.FindEndpoint(id);

    /// <summary>What stands there for libnetwork itself begins with com.docker; everything else a user wrote.</summary>
    private static void CheckOptions(CreateEndpointRequest request)
    {
        if (request.Options?.Keys.FirstOrDefault(key => !key.StartsWith("com.docker.", StringComparison.Ordinal)) is { } unknown)
            throw Wrong($"option '{Model.Names.ResourceName.Printable(unknown)}' is not known; leave it out");
    }

    private static IPAddress? Read(Network network, string? text)
    {
        if (SubnetReader.Address(text, "Interface") is not { } address)
            return null;
        var subnet = network.Spec.Subnets.FirstOrDefault(subnet => subnet.Prefix.Contains(address));
        return subnet is null || text!.EndsWith($"/{subnet.Prefix.PrefixLength}", StringComparison.Ordinal) ? address
            : throw Wrong($"address {Model.Names.ResourceName.Printable(text)} has another prefix length than subnet {subnet.Prefix} of network '{network.Spec.Name}'");
    }

    private static MacAddress? ReadMac(string? text) => string.IsNullOrEmpty(text) ? null
        : MacAddress.TryParse(text, out var mac) ? mac
        : throw Wrong($"'{Model.Names.ResourceName.Printable(text)}' is not a MAC address");

    private static bool CheckSame(Endpoint present, Network network, ImmutableArray<IPAddress> addresses, MacAddress? mac) =>
        present.Spec is { HandedOver: true } && present.Spec.NetworkId == network.Spec.Id
        && addresses.All(address => present.Spec.Addresses.Contains(address)) && (mac is null || mac == present.MacAddress);

    /// <summary>What Docker left to us; to say what it chose itself would be an error.</summary>
    private static CreateEndpointAnswer Answer(Endpoint endpoint, EndpointInterface asked) => new(new EndpointInterface(
        string.IsNullOrEmpty(asked.Address) ? Text(endpoint, AddressFamily.InterNetwork) : null,
        string.IsNullOrEmpty(asked.AddressIPv6) ? Text(endpoint, AddressFamily.InterNetworkV6) : null,
        string.IsNullOrEmpty(asked.MacAddress) ? endpoint.MacAddress.ToString() : null));

    private static string? Text(Endpoint endpoint, AddressFamily family) =>
        endpoint.Addresses.FirstOrDefault(address => address.Address.AddressFamily == family) is { } found ? $"{found.Address}/{found.PrefixLength}" : null;

    private static string Gateway(Network network, Endpoint endpoint, AddressFamily family) => network.Spec.Traits.HasDefaultRoute
        ? network.Spec.Subnets.FirstOrDefault(subnet => subnet.Gateway?.AddressFamily == family
            && endpoint.Addresses.Any(address => subnet.Prefix.Contains(address.Address)))?.Gateway?.ToString() ?? ""
        : "";

    private static FairwayException Taken(string id) => new(ErrorKind.AlreadyExists, $"Docker endpoint '{id[..12]}'",
        $"create endpoint: '{id[..12]}' exists already with other addresses or on another network; delete it first");

    private static FairwayException Wrong(string what) => new(ErrorKind.InvalidArgument, "endpoint", $"create endpoint: {what}");
}
