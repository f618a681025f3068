using Fairway.Api.Hcn;
using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Names;
using Fairway.Model.Namespaces;

namespace Fairway.Api.Hns;

/// <summary><c>/hns/v1/namespaces</c>.</summary>
internal sealed class HnsNamespaceRoutes(IHostNetworking host, OperationTimes times)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hns/v1/namespaces", context => HnsAnswer.WriteAsync<IReadOnlyList<HnsNamespace>>(context, [.. host.Namespaces.Select(HnsNamespaces.Write)]))
            .Gives<HnsResponse>("All namespaces.");
        routes.MapGet("/hns/v1/namespaces/{id}", context => HnsAnswer.WriteAsync(context, HnsNamespaces.Write(Find(context))))
            .Gives<HnsResponse>("One namespace.");
        routes.MapPost("/hns/v1/namespaces", CreateAsync)
            .Turns<HnsNamespace, HnsResponse>("Creates a namespace.");
        routes.MapPost("/hns/v1/namespaces/{id}/addresource", context => ChangeAsync(context, attach: true))
            .Turns<NamespaceResource, HnsResponse>("Attaches an endpoint.");
        routes.MapPost("/hns/v1/namespaces/{id}/removeresource", context => ChangeAsync(context, attach: false))
            .Turns<NamespaceResource, HnsResponse>("Takes an endpoint out.");
        routes.MapDelete("/hns/v1/namespaces/{id}", DeleteAsync)
            .Gives<HnsResponse>("Deletes a namespace without endpoints; answers it as it was.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync(context, HcnJson.Read<HnsNamespace>);
        var created = await host.CreateNamespaceAsync(HnsNamespaces.ToSpec(request), context.RequestAborted);
        await HnsAnswer.WriteAsync(context, HnsNamespaces.Write(created));
    }

    private async Task ChangeAsync(HttpContext context, bool attach)
    {
        var compartment = Find(context).Spec;
        var resource = await RequestBody.ReadAsync(context, HcnJson.Read<NamespaceResource>);
        if (resource.Type != NamespaceResourceType.Endpoint)
            throw Refuse(ErrorKind.Unsupported, "$.Type", $"resources of type {resource.Type?.ToString() ?? "(missing)"} are not honoured by this release; use Endpoint", HcnErrorCode.RequestUnsupported);
        var (given, reference) = (resource.Data?.Id ?? "", Guid.TryParse(resource.Data?.Id, out var id) ? id : Guid.Empty);
        var endpoint = host.FindEndpoint(reference)
            ?? throw Refuse(ErrorKind.NotFound, "$.Data.ID", $"Endpoint ID \"{ResourceName.Printable(given)}\" not found", HcnErrorCode.EndpointNotFound);
        if (attach)
            await times.Attach.MeasureAsync(() => host.AttachEndpointAsync(endpoint.Spec.Id.ToString(), compartment.Id.ToString(), null, context.RequestAborted));
        else if (endpoint.Spec.NamespaceId == compartment.Id)
            await times.Detach.MeasureAsync(() => host.DetachEndpointAsync(endpoint.Spec.Id.ToString(), context.RequestAborted));
        else
            throw Refuse(ErrorKind.Conflict, "$.Data.ID", $"Endpoint ID \"{given}\" is not in this namespace; remove it from the one it is in", HcnErrorCode.EndpointNotAttached);
        await HnsAnswer.WriteAsync(context, HnsNamespaces.Write(Find(context)));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var compartment = Find(context);
        await host.DeleteNamespaceAsync(compartment.Spec.Id.ToString(), context.RequestAborted);
        await HnsAnswer.WriteAsync(context, HnsNamespaces.Write(compartment));
    }

    /// <summary>hcsshim looks for these words of Windows to tell that there is no such namespace.</summary>
    private NetworkNamespace Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, "namespace");
        return host.Namespaces.FirstOrDefault(compartment => compartment.Spec.Id == id)
            ?? throw new FairwayException(ErrorKind.NotFound, "namespace", $"Element not found. (namespace {HcnId.Format(id)})", HcnErrorCode.ElementNotFound);
    }

    private static FairwayException Refuse(ErrorKind kind, string path, string message, uint code) => new(kind, "namespace", message, code) { Findings = [new Finding(path, message, code)] };
}
