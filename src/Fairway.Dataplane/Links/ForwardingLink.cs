using System.Net.Sockets;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Sysctl;

namespace Fairway.Dataplane.Links;

/// <summary>The kernel routes for a device only if it may forward; the host's own setting stays as it is.</summary>
internal sealed class ForwardingLink(NetworkNamespace host)
{
    private readonly KernelSettings _settings = new(host);

    public void Allow(string link)
    {
        Set(link, AddressFamily.InterNetwork, "forwarding", 1);
        Set(link, AddressFamily.InterNetworkV6, "accept_ra", 0);
        Set(link, AddressFamily.InterNetworkV6, "forwarding", 1);
    }

    private void Set(string link, AddressFamily family, string setting, int value)
    {
        SysctlName name = SysctlName.OfLink(family, link, setting);
        if (_settings.Find(name) is { } present && present != $"{value}")
            _settings.Write(name, value);
    }
}
