using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Endpoints;

/// <summary>An endpoint (HCN schema, HostComputeEndpoint).</summary>
public sealed record HostComputeEndpoint : HcnResource
{
    /// <summary>Its network.</summary>
    public Guid? HostComputeNetwork { get; init; }
    /// <summary>The namespace it is attached to.</summary>
    public Guid? HostComputeNamespace { get; init; }
    /// <summary>Policies.</summary>
    public IReadOnlyList<EndpointPolicy>? Policies { get; init; }
    /// <summary>Addresses.</summary>
    public IReadOnlyList<IpConfig>? IpConfigurations { get; init; }
    /// <summary>Name service settings.</summary>
    public HcnDns? Dns { get; init; }
    /// <summary>Routes.</summary>
    public IReadOnlyList<HcnRoute>? Routes { get; init; }
    /// <summary><c>00-15-5D-01-02-03</c>.</summary>
    public string? MacAddress { get; init; }
    /// <summary>Switches.</summary>
    public EndpointFlags? Flags { get; init; }
}
