namespace Fairway.Engine.Drivers;

/// <summary>Everything through which the engine reaches the host.</summary>
/// <param name="Networks">Host vNICs and network rows.</param>
/// <param name="Endpoints">Veth pairs and ports.</param>
/// <param name="Publications">Publication tables.</param>
/// <param name="Policies">Access rules.</param>
/// <param name="LoadBalancers">Load balancers.</param>
/// <param name="Remotes">Endpoints of other hosts.</param>
/// <param name="Ways">How packets leave.</param>
/// <param name="Sidecars">What is led to proxies.</param>
/// <param name="Uplinks">The host's own devices.</param>
/// <param name="Namespaces">Network namespaces.</param>
/// <param name="Probe">What is there already.</param>
/// <param name="Watcher">When to look again.</param>
public sealed record HostDrivers(INetworkDriver Networks, IEndpointDriver Endpoints, IPublicationDriver Publications, IPolicyDriver Policies,
    ILoadBalancerDriver LoadBalancers, IRemoteDriver Remotes, IWayDriver Ways, ISidecarDriver Sidecars, IUplinkDriver Uplinks, INamespaceDriver Namespaces, IHostProbe Probe, IKernelWatcher Watcher);
