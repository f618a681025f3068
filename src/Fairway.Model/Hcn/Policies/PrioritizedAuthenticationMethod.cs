using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A way of authentication (HCN schema, PrioritizedAuthenticationMethod, 2.1).</summary>
public sealed record PrioritizedAuthenticationMethod : HcnObject
{
    /// <summary>Which way.</summary>
    public AuthenticationType? Type { get; init; }
    /// <summary>Its settings.</summary>
    public AuthenticationMethod? Settings { get; init; }
}
