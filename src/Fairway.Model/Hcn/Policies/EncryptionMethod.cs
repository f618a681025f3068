using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Ways of encryption (HCN schema, EncryptionMethod, 2.1).</summary>
[JsonConverter(typeof(NameConverter<EncryptionMethod>))]
public enum EncryptionMethod
{
    /// <summary>IPsec.</summary>
    Ipsec,
}
