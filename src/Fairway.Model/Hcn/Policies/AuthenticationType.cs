using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Ways of authentication (HCN schema, AuthenticationType, 2.1).</summary>
[JsonConverter(typeof(NameConverter<AuthenticationType>))]
public enum AuthenticationType
{
    /// <summary>A shared key.</summary>
    PresharedKey,
    /// <summary>A certificate.</summary>
    Certificate,
}
