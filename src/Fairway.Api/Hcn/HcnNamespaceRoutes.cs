using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Namespaces;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/namespaces</c>.</summary>
internal sealed class HcnNamespaceRoutes(IHostNetworking host, OperationTimes times)
{
    private const string Kind = "namespace";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hcn/v2/namespaces", ListAsync)
            .Gives<IReadOnlyList<HostComputeNamespace>>("The namespaces a query asks for.", query: HcnQuery.Documentation);
        routes.MapGet("/hcn/v2/namespaces/{id}", context => HcnAnswer.WriteAsync(context, HcnNamespaceTranslation.ToDocument(Find(context))))
            .Gives<HostComputeNamespace>("One namespace.");
        routes.MapPost("/hcn/v2/namespaces", CreateAsync)
            .Turns<HostComputeNamespace, HostComputeNamespace>("Creates a namespace, or adopts the one at AdditionalParams.NetnsPath.", StatusCodes.Status201Created);
        routes.MapPost("/hcn/v2/namespaces/{id}/modify", ModifyAsync)
            .Turns<ModifyNamespaceSettingRequest, ModifyNamespaceSettingResponse>("Attaches an endpoint (Add) or detaches it (Remove).");
        routes.MapDelete("/hcn/v2/namespaces/{id}", DeleteAsync)
            .Does("Deletes a namespace without endpoints.");
    }

    private Task ListAsync(HttpContext context)
    {
        var (query, filter) = HcnQuery.Of(context);
        IReadOnlyList<HostComputeNamespace> found =
            [.. host.Namespaces.Where(filter.Matches).Select(compartment => HcnNamespaceTranslation.ToDocument(compartment, query.SchemaVersion))];
        return HcnAnswer.WriteAsync(context, found);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadNamespace);
        var created = await host.CreateNamespaceAsync(HcnNamespaceTranslation.ToSpec(document), context.RequestAborted);
        await HcnAnswer.WriteCreatedAsync(context, HcnNamespaceTranslation.ToDocument(created));
    }

    private async Task ModifyAsync(HttpContext context)
    {
        var compartment = Find(context).Spec;
        var change = await RequestBody.ReadAsync(context, NamespaceModification.Read);
        var endpoint = host.Endpoints.FirstOrDefault(endpoint => endpoint.Spec.Id == change.EndpointId)
            ?? throw Refused(ErrorKind.NotFound, change.EndpointId, "not found", HcnErrorCode.EndpointNotFound);
        if (change.IsAttach) await AttachAsync(endpoint, compartment, context.RequestAborted);
        else await DetachAsync(endpoint, compartment, context.RequestAborted);
        await HcnAnswer.WriteAsync(context, new ModifyNamespaceSettingResponse { Success = true, ErrorCode = 0, CompartmentId = compartment.CompartmentId });
    }

    private Task<Endpoint> AttachAsync(Endpoint endpoint, NamespaceSpec compartment, CancellationToken cancellation) =>
        times.Attach.MeasureAsync(() => host.AttachEndpointAsync(endpoint.Spec.Id.ToString(), compartment.Id.ToString(), null, cancellation));

    private Task<Endpoint> DetachAsync(Endpoint endpoint, NamespaceSpec compartment, CancellationToken cancellation) => endpoint.Spec.NamespaceId == compartment.Id
        ? times.Detach.MeasureAsync(() => host.DetachEndpointAsync(endpoint.Spec.Id.ToString(), cancellation))
        : throw Refused(ErrorKind.Conflict, endpoint.Spec.Id, $"is not attached to namespace '{HcnId.Format(compartment.Id)}'; remove it from the one it is attached to",
            HcnErrorCode.EndpointNotAttached);

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteNamespaceAsync(Find(context).Spec.Id.ToString(), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }

    /// <summary>HCN has no code of its own for a namespace that is not there; clients compare ERROR_NOT_FOUND.</summary>
    private NetworkNamespace Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, Kind);
        return host.Namespaces.FirstOrDefault(compartment => compartment.Spec.Id == id) ?? throw HcnRouteId.NotFound(context, Kind, HcnErrorCode.ElementNotFound);
    }

    private static FairwayException Refused(ErrorKind kind, Guid endpoint, string what, uint code)
    {
        var message = $"Endpoint ID \"{HcnId.Format(endpoint)}\" {what}";
        return new FairwayException(kind, Kind, message, code) { Findings = [new Finding("$.Settings.EndpointId", message, code)] };
    }
}
