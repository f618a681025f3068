using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Api.Hns;

/// <summary><c>/hns/v1/endpoints/{id}/attach</c> and <c>detach</c>.</summary>
internal sealed class HnsAttachRoutes(IHostNetworking host, OperationTimes times)
{
    private const string Container = nameof(Container);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/hns/v1/endpoints/{id}/attach", AttachAsync)
            .Turns<HnsAttachRequest, HnsResponse>("Attaches an endpoint to the namespace with a compartment number, or of a container, or to a virtual machine.");
        routes.MapPost("/hns/v1/endpoints/{id}/detach", DetachAsync)
            .Turns<HnsAttachRequest, HnsResponse>("Takes an endpoint out of its namespace, or of its virtual machine.");
    }

    private async Task AttachAsync(HttpContext context)
    {
        var endpoint = HnsEndpointRoutes.Find(host, context);
        var request = await RequestBody.ReadAsync(context, HcnJson.Read<HnsAttachRequest>);
        var operation = $"attach endpoint '{endpoint.Spec.Name}'";
        Check(request, operation);
        var owner = request.ContainerId is { Length: > 0 } container && endpoint.Spec.Owner is null or { Engine: HnsEndpointWriter.Engine } ? new Owner(HnsEndpointWriter.Engine, request.ContainerId!) : null;
        var description = owner is null ? null : new EndpointDescription { Name = endpoint.Spec.Name!, Aliases = endpoint.Spec.Aliases, Owner = owner };
        if (description is not null && EndpointDescriptionValidator.Validate(description) is [var wrong, ..])
            throw Refuse(operation, ErrorKind.InvalidArgument, "ContainerId", wrong.Message, HcnErrorCode.InvalidArgument);
        if (IsMachine(request))
        {
            await times.Attach.MeasureAsync(() => host.PlugInEndpointAsync(endpoint.Spec.Id.ToString(), request.VirtualNicName is { Length: > 0 } tap ? tap : null, context.RequestAborted));
        }
        else
        {
            var compartment = Compartment(request, operation);
            await times.Attach.MeasureAsync(() => host.AttachEndpointAsync(endpoint.Spec.Id.ToString(), compartment.ToString(), null, context.RequestAborted));
        }
        if (description is not null)
            await host.DescribeEndpointAsync(endpoint.Spec.Id.ToString(), description, CancellationToken.None);
        await HnsAnswer.WriteDoneAsync(context);
    }

    private async Task DetachAsync(HttpContext context)
    {
        var endpoint = HnsEndpointRoutes.Find(host, context);
        var request = await RequestBody.ReadAsync(context, HcnJson.Read<HnsAttachRequest>);
        var operation = $"detach endpoint '{endpoint.Spec.Name}'";
        Check(request, operation);
        if (endpoint.Spec is not ({ NamespaceId: not null } or { PluggedIn: true }))
            throw Refuse(operation, ErrorKind.Conflict, "ContainerId", "it is not attached", HcnErrorCode.EndpointNotAttached);
        if (request.ContainerId is { Length: > 0 } container && HnsEndpointWriter.Container(endpoint) != container && (endpoint.Spec.NamespaceId is null || Named(container) != endpoint.Spec.NamespaceId))
            throw Refuse(operation, ErrorKind.Conflict, "ContainerId", "it is attached to another container; name that one, or none", HcnErrorCode.EndpointNotAttached);
        await times.Detach.MeasureAsync(() => host.DetachEndpointAsync(endpoint.Spec.Id.ToString(), context.RequestAborted));
        await HnsAnswer.WriteDoneAsync(context);
    }

    /// <summary>Refuses what is neither a container nor a virtual machine.</summary>
    private static void Check(HnsAttachRequest request, string operation)
    {
        var system = request.SystemType is { Length: > 0 } given ? given : Container;
        if (system.Equals("Host", StringComparison.OrdinalIgnoreCase))
            throw Refuse(operation, ErrorKind.Unsupported, "SystemType", "the host has an interface on every network that it takes part in, with the gateway's address, and needs no endpoint; use Container or VirtualMachine", HcnErrorCode.RequestUnsupported);
        if (!system.Equals(Container, StringComparison.OrdinalIgnoreCase) && !IsMachine(request))
            throw Refuse(operation, ErrorKind.Unsupported, "SystemType", $"systems of type '{Model.Names.ResourceName.Printable(system)}' are not known; use Container or VirtualMachine", HcnErrorCode.RequestUnsupported);
        if (request.VirtualNicName is { Length: > 0 } && !IsMachine(request))
            throw Refuse(operation, ErrorKind.Unsupported, "VirtualNicName", "virtual NICs are those of virtual machines; leave the member out, or use the SystemType VirtualMachine", HcnErrorCode.RequestUnsupported);
    }

    private static bool IsMachine(HnsAttachRequest request) => "VirtualMachine".Equals(request.SystemType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The namespace a client of schema 1 means: by the number of its compartment, or by what the container is called.</summary>
    private Guid Compartment(HnsAttachRequest request, string operation)
    {
        if (request.CompartmentId is { } number and not 0)
        {
            return host.Namespaces.FirstOrDefault(compartment => compartment.Spec.CompartmentId == number)?.Spec.Id
                ?? throw Refuse(operation, ErrorKind.NotFound, "CompartmentId", $"no namespace has compartment {number}; list the namespaces for their numbers", HcnErrorCode.ElementNotFound);
        }
        if (request.ContainerId is not { Length: > 0 } container)
            throw Refuse(operation, ErrorKind.InvalidArgument, "CompartmentId", "neither a compartment nor a container is given; give CompartmentId, or the namespace's name, id or path as ContainerId", HcnErrorCode.InvalidJson);
        return Named(container)
            ?? throw Refuse(operation, ErrorKind.NotFound, "ContainerId", $"no namespace has the name, id or path '{Model.Names.ResourceName.Printable(container)}'; create it first, or give CompartmentId", HcnErrorCode.ElementNotFound);
    }

    /// <summary>Exactly: ids of containers are hexadecimal, and must not be taken for the beginning of a namespace's.</summary>
    private Guid? Named(string container) => host.Namespaces.FirstOrDefault(compartment =>
        container.Equals(compartment.Spec.Name, StringComparison.OrdinalIgnoreCase) || container == compartment.Spec.Path || Guid.TryParse(container, out var id) && id == compartment.Spec.Id)?.Spec.Id;

    private static FairwayException Refuse(string operation, ErrorKind kind, string member, string message, uint code) =>
        new(kind, operation, $"{operation}: {message}", code) { Findings = [new Finding($"$.{member}", message, code)] };
}
