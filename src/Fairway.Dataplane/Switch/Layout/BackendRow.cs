using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>backends</c>: an endpoint behind a load balancer.</summary>
[CStruct("fw_backend")]
[StructLayout(LayoutKind.Sequential)]
internal record struct BackendRow
{
    /// <summary>The balancer's, or it belongs to nobody.</summary>
    public uint Stamp;

    public uint Port;

    public uint Generation;

    public uint Network;

    /// <summary>Of the endpoint: a hash of its id.</summary>
    public uint Identity;

    public MappedAddress Address;
}
