using System.Net;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;
using Fairway.Testing.Contract;

namespace Fairway.Testing.Kernel;

/// <summary>The contract's view of a fake kernel.</summary>
public sealed class FakeDriverHost : IDriverHost
{
    public FakeKernel Kernel { get; } = new();

    public HostDrivers Drivers => new(Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel);

    public void Restart()
    {
        // The fake has no memory beside the kernel's.
    }

    public string NamespaceName(string name) => $"test-{name}";

    public string LinkName(string name) => $"fw-{name}";

    public IReadOnlyList<string> Interfaces(string netnsPath) => Kernel.InterfacesIn(netnsPath);

    public IReadOnlyList<EndpointAddress> Addresses(string netnsPath, string interfaceName) =>
        Kernel.Endpoints.Values.Single(plan => plan.NetnsPath == netnsPath && plan.InterfaceName == interfaceName).Addresses;

    public void AddForeignInterface(string netnsPath, string name) => Kernel.AddForeignInterface(netnsPath, name);

    public void AddForeignLink(string name) => Kernel.ForeignLinks.Add(name);

    public void DeleteEndpointLink(EndpointPlan endpoint) => Kernel.DeleteLink(endpoint.Id);

    public void DeleteNetworkLink(NetworkPlan network) => Kernel.DeleteNetworkLink(network.Id);

    public IDisposable HoldPort(TransportProtocol protocol, IPAddress address, ushort port) => Kernel.HoldPort(protocol, address, port, "'test' (pid 12)");

    public void Dispose()
    {
        // Nothing outlives the object.
    }
}
