using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Ipam;

/// <summary>Slots of a subnet from the first to the last; none when the last is before the first.</summary>
internal readonly record struct SlotRange(UInt128 First, UInt128 Last)
{
    public UInt128 Count => First <= Last ? Last - First + 1 : 0;

    /// <summary>The usable ones of a part.</summary>
    public static SlotRange Of(IPNetwork subnet, IPNetwork part) => new(
        UInt128.Max(subnet.IndexOf(part.First), subnet.IndexOf(subnet.FirstUsable)),
        UInt128.Min(subnet.IndexOf(part.Last), subnet.IndexOf(subnet.LastUsable)));

    public bool Holds(UInt128 slot) => slot >= First && slot <= Last;
}
