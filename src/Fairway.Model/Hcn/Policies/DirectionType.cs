using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Direction of an access rule, seen from the endpoint (HCN schema, DirectionType).</summary>
[JsonConverter(typeof(NameConverter<DirectionType>))]
public enum DirectionType
{
    /// <summary>Towards the endpoint.</summary>
    In,
    /// <summary>From the endpoint.</summary>
    Out,
}
