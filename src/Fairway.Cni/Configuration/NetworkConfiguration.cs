using System.Collections.Immutable;
using System.Net;
using Fairway.Cni.Protocol;
using Fairway.Model.Dns;
using Fairway.Model.Names;

namespace Fairway.Cni.Configuration;

/// <summary>What a runtime hands over: the plugin's entry of the configuration list, and what the runtime adds to it.</summary>
internal sealed record NetworkConfiguration
{
    public required CniVersion Version { get; init; }
    /// <summary>The configuration list's name.</summary>
    public required string Name { get; init; }
    /// <summary>Fairway's network; the list's name unless <c>network</c> says another.</summary>
    public required string Network { get; init; }
    /// <summary>The daemon's socket.</summary>
    public required string SocketPath { get; init; }
    /// <summary>What the configuration says about the network.</summary>
    public NetworkShape Shape { get; init; } = new();
    /// <summary>Who may use published ports; empty for everyone.</summary>
    public ImmutableArray<IPNetwork> PublishFrom { get; init; } = [];
    /// <summary>Name service settings of the endpoint, those of the runtime before those of the configuration.</summary>
    public DnsSettings Dns { get; init; } = DnsSettings.Empty;
    /// <summary>What the runtime asks for this container.</summary>
    public RuntimeWishes Wishes { get; init; } = new();
    /// <summary>The result of the plugins before this one, or null when this one is the first.</summary>
    public Node? PreviousResult { get; init; }
    /// <summary>GC: what the runtime still has, as container id and interface name.</summary>
    public ImmutableHashSet<(string ContainerId, string InterfaceName)>? ValidAttachments { get; init; }

    /// <summary>Where the daemon of a host's only instance listens.</summary>
    public const string DefaultSocketPath = $"/run/{InstanceName.Default}/fairway.sock";
}
