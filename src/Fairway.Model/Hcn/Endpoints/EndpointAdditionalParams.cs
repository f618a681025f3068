using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Endpoints;

/// <summary>Settings of an endpoint outside of the schema (HCN schema, EndpointAdditionalParams), Fairway's own among them.</summary>
public sealed record EndpointAdditionalParams : HcnObject
{
    /// <summary>The switch; HNS sets it.</summary>
    public Guid? SwitchId { get; init; }
    /// <summary>The port of the switch; HNS sets it.</summary>
    public Guid? SwitchPortId { get; init; }
    /// <summary>The NIC of a virtual machine rather than an interface in a namespace; Fairway's own.</summary>
    public HcnVirtualNic? VirtualNic { get; init; }
    /// <summary>Interface name inside the namespace; Fairway's own, missing means eth0. Of a virtual machine's NIC the name of its tap.</summary>
    public string? InterfaceName { get; init; }
    /// <summary>Further names under which the endpoint resolves; Fairway's own.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }
}
