using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/networks</c>.</summary>
internal sealed class HcnNetworkRoutes(IHostNetworking host)
{
    private const string Kind = "network";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hcn/v2/networks", ListAsync)
            .Gives<IReadOnlyList<HostComputeNetwork>>("The networks a query asks for.", query: HcnQuery.Documentation);
        routes.MapGet("/hcn/v2/networks/{id}", context => HcnAnswer.WriteAsync(context, Document(Find(context))))
            .Gives<HostComputeNetwork>("One network.");
        routes.MapPost("/hcn/v2/networks", CreateAsync)
            .Turns<HostComputeNetwork, HostComputeNetwork>("Creates a network, from a document of schema 2 or 1.", StatusCodes.Status201Created);
        routes.MapPost("/hcn/v2/networks/{id}/modify", ModifyAsync)
            .Turns<ModifyNetworkSettingRequest, ModifySettingResponse>("Adds, removes or replaces access rules, address sets, translation, remote subnets, subnets and parts of subnets, or has them applied again.");
        routes.MapDelete("/hcn/v2/networks/{id}", DeleteAsync)
            .Does("Deletes a network without endpoints.");
    }

    private Task ListAsync(HttpContext context)
    {
        var (query, filter) = HcnQuery.Of(context);
        IReadOnlyList<HostComputeNetwork> found =
            [.. host.Networks.Where(filter.Matches).Select(network => HcnNetworkTranslation.ToDocument(network, query.SchemaVersion, host.PoliciesOf(network.Spec.Id)))];
        return HcnAnswer.WriteAsync(context, found);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadNetwork);
        await HcnAnswer.WriteCreatedAsync(context, Document(await CreateAsync(document, context.RequestAborted)));
    }

    private async Task ModifyAsync(HttpContext context)
    {
        var network = Find(context);
        var modification = await RequestBody.ReadAsync(context, NetworkModification.Read);
        var reference = network.Spec.Id.ToString();
        if (modification.RequestType == ModifyRequestType.Refresh)
            await host.RefreshNetworkAsync(reference, context.RequestAborted);
        if (modification.IsAboutSettings)
            await ChangeAsync(reference, modification, context.RequestAborted);
        if (modification.IsAboutRules)
            await host.ChangeNetworkPoliciesAsync(reference, modification.For, context.RequestAborted);
        await HcnAnswer.WriteModifiedAsync(context);
    }

    private async Task<Network> CreateAsync(HostComputeNetwork document, CancellationToken cancellation)
    {
        var spec = HcnNetworkTranslation.ToSpec(document);
        try
        {
            return await host.CreateNetworkAsync(spec, cancellation);
        }
        catch (FairwayException problem)
        {
            throw HcnNetworkTranslation.Explain(problem, document);
        }
    }

    private async Task ChangeAsync(string reference, NetworkModification modification, CancellationToken cancellation)
    {
        try
        {
            await host.ChangeNetworkAsync(reference, modification.For, cancellation);
        }
        catch (FairwayException problem)
        {
            throw modification.Explain(problem);
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteNetworkAsync(Find(context).Spec.Id.ToString(), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }

    private HostComputeNetwork Document(Network network) => HcnNetworkTranslation.ToDocument(network, policies: host.PoliciesOf(network.Spec.Id));

    private Network Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, Kind);
        return host.Networks.FirstOrDefault(network => network.Spec.Id == id) ?? throw HcnRouteId.NotFound(context, Kind, HcnErrorCode.NetworkNotFound);
    }
}
