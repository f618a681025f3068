using Fairway.Client.Direct;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Cni.Results;
using Fairway.Model.Endpoints;

namespace Fairway.Cni.Commands;

/// <summary>CHECK: whether the container still has what ADD gave it. What later plugins of the chain added is theirs to check.</summary>
internal sealed class CheckCommand(CniEnvironment environment, NetworkConfiguration configuration, DirectClient client)
{
    public void Run()
    {
        var previous = PreviousResult.Read(configuration)
            ?? throw new CniException(CniErrorCode.InvalidConfiguration, "prevResult: it is missing; CHECK compares with what ADD answered");
        var endpoint = Find() ?? throw Differs($"container '{environment.ContainerId}' has no interface '{environment.InterfaceName}' on network '{configuration.Network}'");
        if (endpoint.State != EndpointState.Attached)
            throw Differs($"endpoint '{endpoint.Spec.Name}' is {endpoint.State.ToString().ToLowerInvariant()}: {endpoint.Message ?? "its interface is in no namespace"}");
        Compare(endpoint, previous);
    }

    private void Compare(Endpoint endpoint, PreviousResult previous)
    {
        if (previous.InterfaceAt(environment.InterfaceName, environment.NetnsPath) is not { } at)
            throw new CniException(CniErrorCode.InvalidConfiguration, $"prevResult.interfaces: there is no '{environment.InterfaceName}' in '{environment.NetnsPath}'");
        if (previous.MacOf(at) is { } mac && mac != endpoint.MacAddress)
            throw Differs($"interface '{environment.InterfaceName}' has MAC {endpoint.MacAddress}, and ADD answered {mac}");
        var answered = previous.AddressesOf(at).ToList();
        foreach (var lost in answered.Where(address => !endpoint.Addresses.Contains(address)))
            throw Differs($"interface '{environment.InterfaceName}' has lost the address {lost.Address}/{lost.PrefixLength}");
        foreach (var more in endpoint.Addresses.Where(address => !answered.Contains(address)))
            throw Differs($"interface '{environment.InterfaceName}' has the address {more.Address}/{more.PrefixLength}, which ADD did not answer");
    }

    private Endpoint? Find()
    {
        var network = new NetworkProvision(configuration, client).Find();
        return client.ListEndpoints().FirstOrDefault(endpoint => endpoint.Spec.Owner is { } owner && owner.Engine == Workload.Engine && owner.Id == environment.ContainerId
            && endpoint.Spec.InterfaceName == environment.InterfaceName && endpoint.Spec.NetworkId == network?.Spec.Id);
    }

    private static CniException Differs(string message) => new(CniErrorCode.Differs, message);
}
