using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>What attaches an endpoint to a container and detaches it (HCN schema 1, EndpointAttachDetachRequest).</summary>
public sealed record HnsAttachRequest : HcnObject
{
    /// <summary>The container. Without a compartment, a namespace of that name, id or path.</summary>
    public string? ContainerId { get; init; }
    /// <summary>Container, VirtualMachine or Host; missing means Container.</summary>
    public string? SystemType { get; init; }
    /// <summary>The compartment, by its number.</summary>
    public uint? CompartmentId { get; init; }
    /// <summary>The virtual machine's NIC.</summary>
    public string? VirtualNicName { get; init; }
}
