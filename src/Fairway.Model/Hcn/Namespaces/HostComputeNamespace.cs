using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>A namespace, also called compartment (HCN schema, HostComputeNamespace).</summary>
public sealed record HostComputeNamespace : HcnResource
{
    /// <summary>Compartment number.</summary>
    public uint? NamespaceId { get; init; }
    /// <summary>The same as ID.</summary>
    public Guid? NamespaceGuid { get; init; }
    /// <summary>Where it lives; missing means Host.</summary>
    public NamespaceType? Type { get; init; }
    /// <summary>What is in it.</summary>
    public IReadOnlyList<NamespaceResource>? Resources { get; init; }
    /// <summary>Usable as soon as it exists; not in the schema, sent by hcsshim.</summary>
    public bool? ReadyOnCreate { get; init; }
    /// <summary>Make a compartment with it; not in the schema, sent by hns.v2.psm1.</summary>
    public bool? CreateWithCompartment { get; init; }
}
