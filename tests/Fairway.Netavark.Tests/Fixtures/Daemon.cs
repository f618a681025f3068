using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Netavark.Tests.Fixtures;

/// <summary>What a daemon answers.</summary>
internal static class Daemon
{
    public const string Attach = "POST /v1/attach";
    public const string Detach = "POST /v1/detach";
    public const string CreateNetwork = "POST /v1/networks";
    public const string DeleteNetwork = $"DELETE /v1/networks/{Requests.FairwayId}";

    /// <summary>The address of a namespace's document; a path is one segment.</summary>
    public static string Namespace { get; } = $"GET /v1/namespaces/{Uri.EscapeDataString(Requests.NetnsPath)}";

    public static AttachResult Attached(string interfaceName = "eth0") => new(Guid.NewGuid(), "c1", Guid.Parse(Requests.FairwayId), interfaceName,
        MacAddress.TryParse("02:00:00:00:00:77", out var mac) ? mac : default, 1500, [new EndpointAddress(IPAddress.Parse("10.89.0.7"), 24)], [IPAddress.Parse("10.89.0.1")],
        new DnsSettings(null, ["dns.podman"], ["10.89.0.1"]), [], 7);

    public static Network Network(NetworkType type = NetworkType.Nat) => new(
        new NetworkSpec { Id = Guid.Parse(Requests.FairwayId), Name = "web", Type = type, Subnets = [new SubnetSpec(IPNetwork.Parse("10.89.0.0/24"), IPAddress.Parse("10.89.0.1"))] }, 1, 1500, 1);

    public static FairwayException NoNetwork() => new(ErrorKind.NotFound, "network", "network does not exist; create it first", HcnErrorCode.NetworkNotFound);

    public static FairwayException PortTaken() => new(ErrorKind.Conflict, "port 8080:80", "publish 8080:80: taken", HcnErrorCode.PortAlreadyExists);

    /// <summary>A daemon that knows what else the container is on.</summary>
    public static FakeDaemon WithSibling(this FakeDaemon daemon, Guid id, params PortPublication[] publications)
    {
        var space = new NetworkNamespace(new NamespaceSpec { Id = Guid.NewGuid(), Path = Requests.NetnsPath }, [id], 1);
        var spec = new EndpointSpec { Id = id, Name = "c1", NetworkId = Guid.Parse(Requests.FairwayId), Owner = new Owner("podman", Requests.ContainerId), Publications = [.. publications] };
        return daemon.On(Namespace, space).On($"GET /v1/endpoints/{id:D}", new Endpoint(spec, 1, 1, default, [], EndpointState.Attached, null, 1));
    }
}
