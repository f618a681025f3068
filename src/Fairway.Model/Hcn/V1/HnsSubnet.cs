using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>A subnet of schema 1.</summary>
public sealed record HnsSubnet : HcnObject
{
    /// <summary><c>172.16.0.0/16</c>.</summary>
    public string? AddressPrefix { get; init; }
    /// <summary>The gateway.</summary>
    public string? GatewayAddress { get; init; }
    /// <summary>Flat policies.</summary>
    public IReadOnlyList<JsonElement>? Policies { get; init; }
}
