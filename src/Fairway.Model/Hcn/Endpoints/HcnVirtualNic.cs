using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Endpoints;

/// <summary>Says that an endpoint is the NIC of a virtual machine; Fairway's own, for the schema tells so only when the machine is attached.</summary>
public sealed record HcnVirtualNic : HcnObject
{
    /// <summary>Number of the user who may open the tap besides root.</summary>
    public uint? User { get; init; }
    /// <summary>Number of the group whose members may.</summary>
    public uint? Group { get; init; }
    /// <summary>Whether the tap is opened several times.</summary>
    public bool? MultiQueue { get; init; }
}
