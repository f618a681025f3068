using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Query;

/// <summary>Switches of a query (HCN schema, HostComputeQueryFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<HostComputeQueryFlags>))]
public enum HostComputeQueryFlags : uint
{
    /// <summary>The properties.</summary>
    None = 0,
    /// <summary>All properties.</summary>
    Detailed = 1,
}
