using System.Net;
using Fairway.Engine.Drivers;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Testing.Contract;

/// <summary>What the driver contract needs of a host: the drivers, and eyes and hands that do not go through them. One fresh host per test.</summary>
public interface IDriverHost : IDisposable
{
    /// <summary>The drivers under test.</summary>
    HostDrivers Drivers { get; }

    /// <summary>New drivers on the same kernel, as after the daemon was killed and started again. The old ones are not used any more.</summary>
    void Restart();

    /// <summary>A name for a namespace that no other test uses.</summary>
    string NamespaceName(string name);

    /// <summary>A name for a host link that no other test of this host uses, at most 15 bytes.</summary>
    string LinkName(string name);

    /// <summary>Interfaces in a namespace without lo, sorted.</summary>
    IReadOnlyList<string> Interfaces(string netnsPath);

    /// <summary>Addresses of an interface in a namespace without IPv6 link-local ones.</summary>
    IReadOnlyList<EndpointAddress> Addresses(string netnsPath, string interfaceName);

    /// <summary>Puts an interface that is not Fairway's into a namespace.</summary>
    void AddForeignInterface(string netnsPath, string name);

    /// <summary>Puts a link that is not Fairway's on the host.</summary>
    void AddForeignLink(string name);

    /// <summary>Deletes the link of an endpoint as an administrator would.</summary>
    void DeleteEndpointLink(Fairway.Engine.Plan.EndpointPlan endpoint);

    /// <summary>Deletes the host vNIC of a network as an administrator would.</summary>
    void DeleteNetworkLink(Fairway.Engine.Plan.NetworkPlan network);

    /// <summary>Lets a process of the host listen on a port until disposed of.</summary>
    IDisposable HoldPort(TransportProtocol protocol, IPAddress address, ushort port);
}
