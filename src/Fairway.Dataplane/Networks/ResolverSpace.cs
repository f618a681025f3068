using System.Net.Sockets;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Namespaces;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Sysctl;

namespace Fairway.Dataplane.Networks;

/// <summary>The namespace the resolvers of all networks live in, out of reach of the host's firewall.</summary>
internal sealed class ResolverSpace(Instance instance)
{
    private readonly Lock _gate = new();

    public NetworkNamespace Open()
    {
        lock (_gate)
        {
            try
            {
                return NetworkNamespace.OpenNamed(instance.ResolverNamespace);
            }
            catch (LinuxException e) when (NamespaceDriver.IsAbsence(e.Errno))
            {
                NetworkNamespace.Delete(instance.ResolverNamespace);
                return Create();
            }
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
