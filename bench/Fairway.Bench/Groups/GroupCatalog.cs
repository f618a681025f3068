using Fairway.Bench.Peers;

namespace Fairway.Bench.Groups;

/// <summary>What is measured, in the order in which that is done.</summary>
internal static class GroupCatalog
{
    public static IReadOnlyList<IGroup> All { get; } =
    [
        new PathGroup("same", "Container to container on one host", PathKind.Same),
        new PathGroup("out", "From a container to the LAN, translated", PathKind.Out),
        new PathGroup("in", "From the LAN to a container, through published ports", PathKind.In),
        new PathGroup("overlay", "From a container of one host to one of another", PathKind.Overlay),
        new PolicyGroup(),
        new ServicesGroup(),
        new NamesGroup(),
        new PortsGroup(),
        new EnginesGroup(),
        new AtOnceGroup(),
        // Leaves its endpoints where they are.
        new AttachGroup(),
    ];
}
