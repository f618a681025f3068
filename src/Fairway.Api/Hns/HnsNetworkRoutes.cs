using Fairway.Api.Hcn;
using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Networks;

namespace Fairway.Api.Hns;

/// <summary><c>/hns/v1/networks</c>.</summary>
internal sealed class HnsNetworkRoutes(IHostNetworking host)
{
    private const string Kind = "network";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hns/v1/networks", context => HnsAnswer.WriteAsync<IReadOnlyList<HnsNetwork>>(context, [.. host.Networks.Select(Document)]))
            .Gives<HnsResponse>("All networks, as HNSNetwork.");
        routes.MapGet("/hns/v1/networks/{id}", context => HnsAnswer.WriteAsync(context, Document(Find(context))))
            .Gives<HnsResponse>("One network, as HNSNetwork.");
        routes.MapPost("/hns/v1/networks", CreateAsync)
            .Turns<HnsNetwork, HnsResponse>("Creates a network; answers the HNSNetwork.");
        routes.MapPost("/hns/v1/networks/{id}", Refuse)
            .Turns<HnsNetwork, HnsResponse>("Refused: what a network of schema 1 has cannot be changed.");
        routes.MapDelete("/hns/v1/networks/{id}", DeleteAsync)
            .Gives<HnsResponse>("Deletes a network without endpoints; answers it as it was.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadHnsNetwork);
        var spec = HcnNetworkTranslation.ToSpec(document);
        try
        {
            await HnsAnswer.WriteAsync(context, Document(await host.CreateNetworkAsync(spec, context.RequestAborted)));
        }
        catch (FairwayException problem)
        {
            throw HcnNetworkTranslation.Explain(problem, document);
        }
    }

    private Task Refuse(HttpContext context)
    {
        var name = Find(context).Spec.Name;
        throw new FairwayException(ErrorKind.Unsupported, $"network '{name}'",
            $"update network '{name}': members of schema 1 cannot be changed; delete it and create it anew, or use /hcn/v2/networks/ID/modify", HcnErrorCode.RequestUnsupported);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var network = Find(context);
        var document = Document(network);
        await host.DeleteNetworkAsync(network.Spec.Id.ToString(), context.RequestAborted);
        await HnsAnswer.WriteAsync(context, document);
    }

    private HnsNetwork Document(Network network) => HnsNetworkWriter.Write(network, HcnNetworkTranslation.ToDocument(network, policies: host.PoliciesOf(network.Spec.Id)),
        host.Endpoints.Count(endpoint => endpoint.Spec.NetworkId == network.Spec.Id));

    private Network Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, Kind);
        return host.Networks.FirstOrDefault(network => network.Spec.Id == id) ?? throw HcnRouteId.NotFound(context, Kind, HcnErrorCode.NetworkNotFound);
    }
}
