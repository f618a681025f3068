using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Settings of a modify request about the port of a virtual machine (HCN schema, VmEndpointRequest).</summary>
public sealed record VmEndpointRequest : HcnObject
{
    /// <summary>The port.</summary>
    public Guid? PortId { get; init; }
    /// <summary>Name of the virtual NIC.</summary>
    public string? VirtualNicName { get; init; }
    /// <summary>The virtual machine.</summary>
    public Guid? VirtualMachineId { get; init; }
}
