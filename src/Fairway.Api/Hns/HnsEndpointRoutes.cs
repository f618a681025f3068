using Fairway.Api.Hcn;
using Fairway.Api.Http;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Api.Hns;

/// <summary><c>/hns/v1/endpoints</c> and <c>/hns/v1/endpointstats</c>.</summary>
internal sealed class HnsEndpointRoutes(IHostNetworking host, ISwitchStatistics statistics)
{
    private const string Kind = "endpoint";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hns/v1/endpoints", ListAsync)
            .Gives<HnsResponse>("All endpoints, as HNSEndpoint.");
        routes.MapGet("/hns/v1/endpoints/{id}", context => HnsAnswer.WriteAsync(context, Document(Find(host, context))))
            .Gives<HnsResponse>("One endpoint, as HNSEndpoint.");
        routes.MapPost("/hns/v1/endpoints", CreateAsync)
            .Turns<HnsEndpoint, HnsResponse>("Creates an endpoint; answers the HNSEndpoint.");
        routes.MapPost("/hns/v1/endpoints/{id}", UpdateAsync)
            .Turns<HnsEndpoint, HnsResponse>("Replaces an endpoint's policies by those of the document, whose other members must be as they are.");
        routes.MapDelete("/hns/v1/endpoints/{id}", DeleteAsync)
            .Gives<HnsResponse>("Deletes an endpoint, detaching it first; answers it as it was.");
        routes.MapGet("/hns/v1/endpointstats/{id}", StatisticsAsync)
            .Gives<HnsResponse>("What the switch counted at an endpoint, as EndpointStats.");
    }

    /// <summary>The endpoint of a path.</summary>
    public static Endpoint Find(IHostNetworking host, HttpContext context) =>
        host.FindEndpoint(HcnRouteId.Of(context, Kind)) ?? throw HcnRouteId.NotFound(context, Kind, HcnErrorCode.EndpointNotFound);

    private Task ListAsync(HttpContext context)
    {
        // Networks after endpoints: whatever an endpoint was on a moment ago may be gone, but is not there without its network.
        var endpoints = host.Endpoints;
        var networks = host.Networks.ToDictionary(network => network.Spec.Id);
        return HnsAnswer.WriteAsync<IReadOnlyList<HnsEndpoint>>(context,
            [.. endpoints.Where(endpoint => networks.ContainsKey(endpoint.Spec.NetworkId)).Select(endpoint => Document(endpoint, networks[endpoint.Spec.NetworkId]))]);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadHnsEndpoint);
        var network = NetworkOf(document);
        var spec = HcnEndpointTranslation.ToSpec(document, network);
        try
        {
            await HnsAnswer.WriteAsync(context, Document(await host.CreateEndpointAsync(spec, context.RequestAborted), network));
        }
        catch (FairwayException problem)
        {
            throw HcnEndpointTranslation.Explain(problem, document, network);
        }
    }

    /// <summary>Clients send the whole document with other policies in it.</summary>
    private async Task UpdateAsync(HttpContext context)
    {
        var endpoint = Find(host, context);
        var present = Document(endpoint);
        var modification = await RequestBody.ReadAsync(context, json => HnsEndpointUpdate.Read(json, present));
        await new EndpointChange(host, endpoint).MakeAsync(modification, context.RequestAborted);
        await HnsAnswer.WriteAsync(context, Document(Find(host, context)));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var endpoint = Find(host, context);
        var document = Document(endpoint);
        await host.DeleteEndpointAsync(endpoint.Spec.Id.ToString(), context.RequestAborted);
        await HnsAnswer.WriteAsync(context, document);
    }

    private Task StatisticsAsync(HttpContext context)
    {
        var endpoint = Find(host, context);
        var counted = statistics.Read(endpoint.Port);
        return HnsAnswer.WriteAsync(context, new HnsEndpointStats
        {
            BytesReceived = counted.BytesReceived,
            BytesSent = counted.BytesSent,
            DroppedPacketsIncoming = counted.DroppedIncoming,
            DroppedPacketsOutgoing = counted.DroppedOutgoing,
            EndpointId = endpoint.Spec.Id,
            InstanceId = endpoint.Spec.Id,
            PacketsReceived = counted.PacketsReceived,
            PacketsSent = counted.PacketsSent,
        });
    }

    private HnsEndpoint Document(Endpoint endpoint) => Document(endpoint, host.GetNetwork(endpoint.Spec.NetworkId.ToString()));

    private HnsEndpoint Document(Endpoint endpoint, Network network) =>
        HnsEndpointWriter.Write(endpoint, network, HcnEndpointTranslation.ToDocument(endpoint, network, policies: host.PoliciesOf(endpoint.Spec.Id)));

    private Network NetworkOf(HostComputeEndpoint document)
    {
        if (host.Networks.FirstOrDefault(network => network.Spec.Id == document.HostComputeNetwork) is { } found)
            return found;
        var message = document.HostComputeNetwork is { } id && id != Guid.Empty
            ? $"Network ID \"{HcnId.Format(id)}\" not found"
            : "the endpoint names no network; give its ID in VirtualNetwork";
        throw new FairwayException(ErrorKind.NotFound, Kind, message, HcnErrorCode.NetworkNotFound) { Findings = [new Finding("$.VirtualNetwork", message, HcnErrorCode.NetworkNotFound)] };
    }
}
