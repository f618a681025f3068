using System.Runtime.CompilerServices;
using Fairway.Model.Addressing;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>A MAC in wire order.</summary>
[InlineArray(6)]
internal struct MacBytes
{
    private byte _first;

    public MacBytes(MacAddress address) => address.CopyTo(this);

    public readonly MacAddress ToAddress() => MacAddress.FromBytes(this);
}
