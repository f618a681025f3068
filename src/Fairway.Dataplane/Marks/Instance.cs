using Fairway.Linux.Routing;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Dataplane.Marks;

/// <summary>
/// An instance of the daemon, and every mark derived from its name. Two instances on one machine never touch each other's objects; the
/// name has no hyphen, so that no mark of one can be read as a mark of another.
/// </summary>
internal sealed class Instance
{
    /// <summary>Order of our filters among those of a device: before what <c>tc</c> adds by itself, behind what is put first by hand.</summary>
    public const ushort FilterPreference = 0xFA;

    /// <summary>Marks our routes and neighbours (<c>ip route show proto 250</c>).</summary>
    public const RouteProtocol Protocol = (RouteProtocol)0xFA;

    /// <summary>The upper byte of every group of every instance.</summary>
    private const uint GroupsOfFairway = 0x4600_0000;

    public Instance(string name)
    {
        if (InstanceName.Check(name) is { } wrong)
            throw new FairwayException(ErrorKind.InvalidArgument, $"instance '{name}'", wrong);
        Name = name;
        uint hash = Hash(name);
        FilterHandle = (hash & 0xFFFFFF) | 1;
        CondemnedGroup = GroupsOfFairway | (hash & 0xFF_FFFC);
        UnbornGroup = CondemnedGroup + 1;
        ReapingGroup = CondemnedGroup + 2;
    }

    public string Name { get; }

    /// <summary>Handle of our filters.</summary>
    public uint FilterHandle { get; }

    /// <summary>Group of links that are to be deleted when there is time.</summary>
    public uint CondemnedGroup { get; }

    /// <summary>Group of links that are not complete yet. What a daemon that died left in it is deleted at the next start.</summary>
    public uint UnbornGroup { get; }

    /// <summary>Group of links that are being deleted.</summary>
    public uint ReapingGroup { get; }

    /// <summary>Name of the namespace the resolvers live in.</summary>
    public string ResolverNamespace => NamespacePrefix + "dns";

    /// <summary>Names of namespaces we made begin with this.</summary>
    public string NamespacePrefix => Name + "-";

    public LinkMark Mark(LinkKind kind, Guid id) => new(Name, kind, id);

    /// <summary>The mark of a link, or null when it is not ours.</summary>
    public LinkMark? MarkOf(Link link)
    {
        LinkMark? mark = AnyMarkOf(link);
        return mark?.Instance == Name ? mark : null;
    }

    /// <summary>The mark of a link of any instance.</summary>
    public static LinkMark? AnyMarkOf(Link link)
    {
        foreach (string name in link.AlternativeNames)
        {
            if (LinkMark.TryParse(name, out LinkMark? mark))
                return mark;
        }
        return null;
    }

    /// <summary>Whether the link is ours and in use.</summary>
    public bool IsLive(Link link) => link.Group != CondemnedGroup && link.Group != UnbornGroup && link.Group != ReapingGroup && MarkOf(link) is not null;

    /// <summary>Whether the link is ours and only waits for its end, or was left unfinished.</summary>
    public bool IsLeftOver(Link link) => link.Group == CondemnedGroup || link.Group == UnbornGroup || link.Group == ReapingGroup;

    /// <summary>Whether the link is unfinished or waits for its end, whichever instance made it.</summary>
    public static bool IsLeftOverOfAny(Link link) => (link.Group & 0xFF00_0000) == GroupsOfFairway;

    public override string ToString() => Name;

    /// <summary>FNV-1a, for it must be the same in every run.</summary>
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
