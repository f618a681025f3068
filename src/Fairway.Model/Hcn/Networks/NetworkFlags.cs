using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Switches of a network (HCN schema, NetworkFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<NetworkFlags>))]
public enum NetworkFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>A DNS proxy on the network; the schema calls it EnableDnsProxy.</summary>
    EnableDns = 1,
    /// <summary>The same as EnableDns.</summary>
    EnableDnsProxy = 1,
    /// <summary>A DHCP server on the network; the schema calls it EnableDhcpServer.</summary>
    EnableDhcp = 2,
    /// <summary>The same as EnableDhcp.</summary>
    EnableDhcpServer = 2,
    /// <summary>Port mirroring.</summary>
    EnableMirroring = 4,
    /// <summary>Forget the network when the service stops.</summary>
    EnableNonPersistent = 8,
    /// <summary>Keep the network when the service stops.</summary>
    EnablePersistent = 16,
    /// <summary>A switch of its own.</summary>
    IsolateVSwitch = 32,
    /// <summary>Flow steering (2.11).</summary>
    EnableFlowSteering = 64,
    /// <summary>No sharing (2.14).</summary>
    DisableSharing = 128,
    /// <summary>Hyper-V firewall (2.14).</summary>
    EnableFirewall = 256,
    /// <summary>Hide a disconnected uplink.</summary>
    SuppressMediaDisconnect = 512,
    /// <summary>No host vNIC.</summary>
    DisableHostPort = 1024,
    /// <summary>Weak host model, receiving.</summary>
    WeakHostReceiveAdapter = 2048,
    /// <summary>Weak host model, sending.</summary>
    WeakHostSendAdapter = 4096,
    /// <summary>Accelerated networking.</summary>
    EnableIov = 8192,
}
