namespace Fairway.Model.Namespaces;

/// <summary>A network namespace (compartment) endpoints attach to.</summary>
public sealed record NamespaceSpec
{
    /// <summary>Identity; <see cref="Guid.Empty"/> on create lets the service pick.</summary>
    public Guid Id { get; init; }
    /// <summary>Unique per host; null for namespaces only known by path, and on create without a path to have one derived from the id.</summary>
    public string? Name { get; init; }
    /// <summary>A path that opens it, e.g. <c>/run/netns/fairway-c1</c> or <c>/proc/123/ns/net</c>; null on create makes a new one.</summary>
    public string? Path { get; init; }
    /// <summary>
    /// True for the inside of a virtual machine, which the host does not see: it has no path, and endpoints attached to it are the machine's NICs, taps of the host, for as long as
    /// they are.
    /// </summary>
    public bool Guest { get; init; }
    /// <summary>True when Fairway made it and deletes it with the resource.</summary>
    public bool Owned { get; init; }
    /// <summary>SO_NETNS_COOKIE (linux/net_namespace.h); unique until reboot, 0 while unknown.</summary>
    public ulong Cookie { get; init; }
    /// <summary>HCN compartment number, unique per host, from 2 upwards (1 is the host).</summary>
    public uint CompartmentId { get; init; }
    /// <summary>The HCN document as received (JSON object), or null.</summary>
    public string? Document { get; init; }
}
