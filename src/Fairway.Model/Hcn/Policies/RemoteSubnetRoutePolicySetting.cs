using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A subnet of another host (HCN schema, RemoteSubnetRoutePolicySetting).</summary>
public sealed record RemoteSubnetRoutePolicySetting : HcnObject
{
    /// <summary>The subnet.</summary>
    public string? DestinationPrefix { get; init; }
    /// <summary>Its virtual subnet id.</summary>
    public uint? IsolationId { get; init; }
    /// <summary>Address of the host.</summary>
    public string? ProviderAddress { get; init; }
    /// <summary>MAC of its router.</summary>
    public string? DistributedRouterMacAddress { get; init; }
}
