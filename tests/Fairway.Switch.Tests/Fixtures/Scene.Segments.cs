using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    /// <summary>Puts a network on the LAN behind its uplink, with two endpoints, ports 9 and 10.</summary>
    public (TestEndpoint First, TestEndpoint Second) OpenSegment(TestNetwork network)
    {
        Maps.Networks.Set(network.Number, network.ToRow());
        Maps.Segments.Set(new SegmentKey((uint)network.Uplink!.Link, 0), network.Number);
        Maps.Links.Set((uint)network.Uplink.Link, SwitchLimits.UplinkShared);
        TestEndpoint[] stations = [TestEndpoint.New(network, 9), TestEndpoint.New(network, 10)];
        var members = new MembersRow { Count = (uint)stations.Length };
        for (int i = 0; i < stations.Length; i++)
        {
            Open(stations[i]);
            Maps.Addresses.Set(new AddressKey(network.Number, new MappedAddress(stations[i].Mac)), new AddressRow(stations[i].Port));
            members.Ports[i] = stations[i].Port;
        }
        Maps.Members.Set(network.Number, members);
        return (stations[0], stations[1]);
    }

    /// <summary>Sends to all when the copies of the second are used up.</summary>
    public Outcome SendBeyondCopies(TestEndpoint endpoint, byte[] frame)
    {
        // The first tells which second it is, unless that ends before the next.
        while (true)
        {
            Send(endpoint, frame);
            uint second = _switch.Floods.Find(endpoint.Port)!.Value.Second;
            _switch.Floods.Set(endpoint.Port, new FloodRow(second, 4096));
            Outcome outcome = Send(endpoint, frame);
            if (_switch.Floods.Find(endpoint.Port)!.Value.Second == second)
                return outcome;
        }
    }

    /// <summary>The host sends by an uplink, or forwards what came in by another device.</summary>
    public Outcome SendBy(TestUplink uplink, byte[] frame, int ingress = 0) => Run(_switch.ToUplink, uplink.Link, frame, context => context with { IngressIfIndex = ingress });
}
