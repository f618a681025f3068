using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>balancers</c>: where the backends and the choices of a load balancer stand.</summary>
[CStruct("fw_balancer")]
[StructLayout(LayoutKind.Sequential)]
internal record struct BalancerRow
{
    /// <summary>Of no other balancer, nor of this one before.</summary>
    public uint Stamp;

    public uint FirstBackend;

    /// <summary>0: nobody is there.</summary>
    public uint Backends;

    public uint FirstLine;

    /// <summary>Choices - 1, when there are more backends than are ranked.</summary>
    public uint Mask;
}
