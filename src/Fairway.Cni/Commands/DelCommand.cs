using Fairway.Client.Direct;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Attach;

namespace Fairway.Cni.Commands;

/// <summary>DEL: takes the interface away. That it, its namespace or the network is gone already is success, however often it is asked.</summary>
internal static class DelCommand
{
    public static void Run(CniEnvironment environment, NetworkConfiguration configuration, DirectClient client) => client.Detach(Request(environment, configuration));

    /// <summary>Names the network too: after an ADD that was refused because of another network's interface, the runtime asks for DEL.</summary>
    public static DetachRequest Request(CniEnvironment environment, NetworkConfiguration configuration) =>
        new(Workload.Key(environment), environment.InterfaceName, configuration.Network);
}
