using System.Net;
using Fairway.Model.Endpoints;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>The sender's port: closed for endpoints that are nowhere, and what never leaves the sender's own namespace.</summary>
internal static class PortLayer
{
    public static Ending Closed(Walk walk, Endpoint endpoint) => walk.Drop(ExplainLayer.Port, DropReason.PortClosed,
        $"endpoint '{endpoint.Spec.Name}' is attached to nothing, so its port of the switch is closed", Remedies.Attach(walk, endpoint));

    public static Ending? Ask(Walk walk)
    {
        var destination = walk.Packet.Destination;
        if (IPAddress.IsLoopback(destination))
            return walk.Leave(ExplainLayer.Port, $"{destination} is the loopback of '{walk.Sender!.Name}' itself; the packet stays in its namespace");
        if (walk.Sender!.Addresses.Any(own => own.Address.Equals(destination)))
            return walk.Leave(ExplainLayer.Port, $"{destination} is an address of '{walk.Sender.Name}' itself; the packet stays in its namespace", walk.From);
        walk.Note(ExplainLayer.Port, $"the port of '{walk.Sender.Name}' is open, and {walk.Packet.Source} is its own address");
        SidecarLayer.LeadOut(walk);
        return null;
    }
}
