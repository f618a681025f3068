using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/endpoints</c>.</summary>
internal sealed class HcnEndpointRoutes(IHostNetworking host)
{
    private const string Kind = "endpoint";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hcn/v2/endpoints", ListAsync)
            .Gives<IReadOnlyList<HostComputeEndpoint>>("The endpoints a query asks for.", query: HcnQuery.Documentation);
        routes.MapGet("/hcn/v2/endpoints/{id}", context => HcnAnswer.WriteAsync(context, Document(Find(context))))
            .Gives<HostComputeEndpoint>("One endpoint.");
        routes.MapPost("/hcn/v2/endpoints", CreateAsync)
            .Turns<HostComputeEndpoint, HostComputeEndpoint>("Creates an endpoint, from a document of schema 2 or 1.", StatusCodes.Status201Created);
        routes.MapPost("/hcn/v2/endpoints/{id}/modify", ModifyAsync)
            .Turns<ModifyEndpointSettingRequest, ModifySettingResponse>("Adds, removes or replaces port mappings, access rules, translation, routes, limits, the MTU and the port's name, or has them applied again.");
        routes.MapDelete("/hcn/v2/endpoints/{id}", DeleteAsync)
            .Does("Deletes an endpoint, detaching it first.");
    }

    private Task ListAsync(HttpContext context)
    {
        var (query, filter) = HcnQuery.Of(context);
        // Networks after endpoints: whatever an endpoint was on a moment ago may be gone, but is not there without its network.
        var endpoints = host.Endpoints;
        var networks = host.Networks.ToDictionary(network => network.Spec.Id);
        IReadOnlyList<HostComputeEndpoint> found =
        [
            .. from endpoint in endpoints
               where filter.Matches(endpoint) && networks.ContainsKey(endpoint.Spec.NetworkId)
               select HcnEndpointTranslation.ToDocument(endpoint, networks[endpoint.Spec.NetworkId], query.SchemaVersion, host.PoliciesOf(endpoint.Spec.Id)),
        ];
        return HcnAnswer.WriteAsync(context, found);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadEndpoint);
        var network = NetworkOf(document);
        var created = await CreateAsync(document, network, context.RequestAborted);
        await HcnAnswer.WriteCreatedAsync(context, HcnEndpointTranslation.ToDocument(created, network, policies: host.PoliciesOf(created.Spec.Id)));
    }

    private async Task<Endpoint> CreateAsync(HostComputeEndpoint document, Network network, CancellationToken cancellation)
    {
        var spec = HcnEndpointTranslation.ToSpec(document, network);
        try
        {
            return await host.CreateEndpointAsync(spec, cancellation);
        }
        catch (FairwayException problem)
        {
            throw HcnEndpointTranslation.Explain(problem, document, network);
        }
    }

    private async Task ModifyAsync(HttpContext context)
    {
        var endpoint = Find(context);
        var modification = await RequestBody.ReadAsync(context, EndpointModification.Read);
        if (modification.Machine is { } machine)
            await PlugAsync(endpoint, modification.RequestType, machine, context.RequestAborted);
        else
            await new EndpointChange(host, endpoint).MakeAsync(modification, context.RequestAborted);
        await HcnAnswer.WriteModifiedAsync(context);
    }

    /// <summary>Makes an endpoint the NIC of a virtual machine, whose id is noted as its owner's, or ends that.</summary>
    private async Task PlugAsync(Endpoint endpoint, ModifyRequestType request, VmEndpointRequest machine, CancellationToken cancellation)
    {
        var reference = endpoint.Spec.Id.ToString();
        if (request == ModifyRequestType.Remove)
        {
            if (endpoint.Spec is not { PluggedIn: true })
                throw new FairwayException(ErrorKind.Conflict, Kind, $"modify endpoint '{endpoint.Spec.Name}': it is no virtual machine's by such a request", HcnErrorCode.EndpointNotAttached);
            await host.DetachEndpointAsync(reference, cancellation);
            return;
        }
        var attached = await host.PlugInEndpointAsync(reference, machine.VirtualNicName is { Length: > 0 } tap ? tap : null, cancellation);
        if (machine.VirtualMachineId is { } id && id != Guid.Empty && attached.Spec.Owner is null)
            await host.DescribeEndpointAsync(reference, new EndpointDescription { Name = attached.Spec.Name!, Aliases = attached.Spec.Aliases, Owner = new Owner(HnsEndpointWriter.Engine, HcnId.Format(id)) }, CancellationToken.None);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteEndpointAsync(Find(context).Spec.Id.ToString(), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }

    private HostComputeEndpoint Document(Endpoint endpoint) =>
        HcnEndpointTranslation.ToDocument(endpoint, host.GetNetwork(endpoint.Spec.NetworkId.ToString()), policies: host.PoliciesOf(endpoint.Spec.Id));

    private Endpoint Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, Kind);
        return host.Endpoints.FirstOrDefault(endpoint => endpoint.Spec.Id == id) ?? throw HcnRouteId.NotFound(context, Kind, HcnErrorCode.EndpointNotFound);
    }

    private Network NetworkOf(HostComputeEndpoint document)
    {
        if (document.HostComputeNetwork is not { } id || id == Guid.Empty)
            throw Wrong("the endpoint names no network; give its ID in HostComputeNetwork", ErrorKind.InvalidArgument, HcnErrorCode.InvalidNetwork);
        return host.Networks.FirstOrDefault(network => network.Spec.Id == id)
            ?? throw Wrong($"Network ID \"{HcnId.Format(id)}\" not found", ErrorKind.NotFound, HcnErrorCode.NetworkNotFound);
    }

    private static FairwayException Wrong(string message, ErrorKind kind, uint code) =>
        new(kind, Kind, message, code) { Findings = [new Finding("$.HostComputeNetwork", message, code)] };
}
