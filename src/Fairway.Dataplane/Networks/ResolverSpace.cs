using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Namespaces;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;

namespace Fairway.Dataplane.Networks;

/// <summary>The namespace the resolvers of all networks live in, out of reach of the host's firewall.</summary>
internal sealed class ResolverSpace(Instance instance)
{
    /// <summary>Where whatever comes in is for us; any number will do, nobody else makes tables here.</summary>
    private const uint EverywhereTable = 53;

    private readonly Lock _gate = new();
    private bool _answersEverywhere;

    public NetworkNamespace Open()
    {
        lock (_gate)
        {
            NetworkNamespace space = OpenOrCreate();
            if (!_answersEverywhere)
                AnswerEverywhere(space);
            _answersEverywhere = true;
            return space;
        }
    }

    private NetworkNamespace OpenOrCreate()
    {
        try
        {
            return NetworkNamespace.OpenNamed(instance.ResolverNamespace);
        }
        catch (LinuxException e) when (NamespaceDriver.IsAbsence(e.Errno))
        {
            NetworkNamespace.Delete(instance.ResolverNamespace);
            _answersEverywhere = false;
            return Create();
        }
    }

    /// <summary>
    /// Questions come in for whatever server they were asked of, so every address is local to what comes in by an interface. Answers, which begin
    /// here, find their way as ever.
    /// </summary>
    private static void AnswerEverywhere(NetworkNamespace space)
    {
        using RouteNetlink route = RouteNetlink.Open(space);
        int loopback = route.GetLink("lo").Index;
        foreach (AddressFamily family in KernelIpv6.IsPresent ? (AddressFamily[])[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6] : [AddressFamily.InterNetwork])
        {
            route.ReplaceRoute(new Route
            {
                Destination = new IPNetwork(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0),
                LinkIndex = loopback,
                Type = RouteType.Local,
                Scope = RouteScope.Host,
                Table = EverywhereTable,
                Protocol = Instance.Protocol,
            });
            if (!route.ListRules(family).Any(rule => rule.Table == EverywhereTable))
                route.AddRule(new RoutingRule { Family = family, InputLink = "lo", Invert = true, Table = EverywhereTable, Protocol = Instance.Protocol });
        }
    }

    private NetworkNamespace Create()
    {
        NetworkNamespace made = NetworkNamespace.Create(instance.ResolverNamespace);
        made.SetLoopbackUp();
        // The way back to an address of two networks is the same for both: what a strict host hands down to new namespaces must not apply.
        var settings = new KernelSettings(made);
        settings.Write(SysctlName.OfLink(AddressFamily.InterNetwork, "all", "rp_filter"), 0);
        settings.Write(SysctlName.OfLink(AddressFamily.InterNetwork, "default", "rp_filter"), 0);
        return made;
    }
}
