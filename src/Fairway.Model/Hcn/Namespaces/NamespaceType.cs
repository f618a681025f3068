using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>Where a namespace lives (HCN schema, NamespaceType).</summary>
[JsonConverter(typeof(NameConverter<NamespaceType>))]
public enum NamespaceType
{
    /// <summary>On the host.</summary>
    Host,
    /// <summary>On the host, a container's default.</summary>
    HostDefault,
    /// <summary>In a utility VM.</summary>
    Guest,
    /// <summary>In a utility VM, a container's default.</summary>
    GuestDefault,
}
