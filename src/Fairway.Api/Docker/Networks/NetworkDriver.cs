using Fairway.Api.Docker.Ipam;
using Fairway.Api.Docker.Wire;
using Fairway.Engine.Operations;

namespace Fairway.Api.Docker.Networks;

/// <summary>
/// Docker's NetworkDriver (libnetwork, docs/remote.md). Docker may repeat any call, and after a crash it takes down what it does not remember making:
/// making the same thing twice succeeds, and so does taking down what is not there.
/// </summary>
internal sealed class NetworkDriver(IHostNetworking host, OfferedPools pools)
{
    private readonly DockerNetworks _networks = new(host, pools);
    private readonly DockerEndpoints _endpoints = new(host, new DockerNetworks(host, pools));

    public void Map(IEndpointRouteBuilder routes)
    {
        var json = DockerJson.Default;
        routes.MapConstant("Plugin.Activate", json.ActivateAnswer, new ActivateAnswer(["NetworkDriver", "IpamDriver"]));
        routes.MapConstant("NetworkDriver.GetCapabilities", json.DriverCapabilities, new DriverCapabilities("local", "local"));
        routes.MapMethod("NetworkDriver.CreateNetwork", json.CreateNetworkRequest, _networks.CreateAsync);
        routes.MapMethod("NetworkDriver.DeleteNetwork", json.NetworkRequest, _networks.DeleteAsync);
        routes.MapMethod("NetworkDriver.CreateEndpoint", json.CreateEndpointRequest, json.CreateEndpointAnswer, _endpoints.CreateAsync);
        routes.MapMethod("NetworkDriver.DeleteEndpoint", json.EndpointRequest, _endpoints.DeleteAsync);
        routes.MapMethod("NetworkDriver.EndpointOperInfo", json.EndpointRequest, json.EndpointInformation, _endpoints.DescribeAsync);
        routes.MapMethod("NetworkDriver.Join", json.JoinRequest, json.JoinAnswer, _endpoints.JoinAsync);
        routes.MapMethod("NetworkDriver.Leave", json.EndpointRequest, DockerEndpoints.LeaveAsync);
        routes.MapMethod("NetworkDriver.ProgramExternalConnectivity", json.EndpointRequest, _endpoints.PublishAsync);
        routes.MapMethod("NetworkDriver.RevokeExternalConnectivity", json.EndpointRequest, _endpoints.UnpublishAsync);
        // News of other hosts' addresses, which only drivers with an overlay of Docker's kind need.
        routes.MapConstant("NetworkDriver.DiscoverNew", json.Nothing, Nothing.Said);
        routes.MapConstant("NetworkDriver.DiscoverDelete", json.Nothing, Nothing.Said);
    }
}
