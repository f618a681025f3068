namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Sizes of the switch's tables (<c>bpf/layout.h</c>, FW_*).</summary>
internal static class SwitchLimits
{
    /// <summary>Version of the layout; names the directory of the pinned maps.</summary>
    public const uint Layout = 1;

    /// <summary>Ports of endpoints are numbered from 1 to one below.</summary>
    public const uint MaxPorts = 16384;

    /// <summary>Networks are numbered from 1 to one below.</summary>
    public const uint MaxNetworks = 4096;

    /// <summary>The resolver of network N is this port plus N.</summary>
    public const uint ResolverPort = MaxPorts;

    public const uint PortRows = MaxPorts + MaxNetworks;

    public const uint MaxAddresses = 65536;

    public const uint MaxFlows = 524288;

    public const uint MaxPublications = 262144;

    public const uint MaxSources = 65536;

    public const uint MaxBalancers = 32768;

    /// <summary>Backends of all load balancers, while one is changed twice.</summary>
    public const uint MaxBackends = 131072;

    /// <summary>As many backends have no table of choices: the switch ranks them for each caller.</summary>
    public const int RankedBackends = 32;

    public const uint ChoiceLines = 131072;

    /// <summary>Choices in a line.</summary>
    public const int LineChoices = 32;

    public const uint MaxUplinks = 1024;

    public const uint MaxHostAddresses = 4096;

    public const uint MaxVirtualSubnets = 8192;

    public const uint MaxRemotes = 131072;

    /// <summary>Prefixes of endpoints' own ways, while one is changed twice.</summary>
    public const uint MaxWays = 131072;

    public const uint MaxSidecarPrefixes = 131072;

    /// <summary>Ranges of ports a sidecar has, each way.</summary>
    public const int SidecarRanges = 32;

    /// <summary>Endpoints on one segment.</summary>
    public const uint MaxMembers = 1024;

    /// <summary>The access rules of network N are image <see cref="RulesOfNetwork"/> + N, those of a port its number.</summary>
    public const uint RulesOfNetwork = PortRows;

    /// <summary>Class id of <c>from_uplink</c> on a device with Ethernet headers.</summary>
    public const uint UplinkEthernet = 1;

    /// <summary>Class id of <c>from_uplink</c> on a device without a link-layer header.</summary>
    public const uint UplinkRaw = 2;

    /// <summary>Class id of <c>from_uplink</c> on an Ethernet device whose segments have endpoints.</summary>
    public const uint UplinkShared = 3;

    /// <summary>Port number of a network's resolver.</summary>
    public static uint ResolverOf(uint network) => ResolverPort + network;
}
