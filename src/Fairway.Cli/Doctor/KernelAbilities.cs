using Fairway.Linux;
using Fairway.Linux.Bpf;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Cli.Doctor;

/// <summary>Tries what the switch is made of, in a namespace without a name that is gone afterwards.</summary>
internal static class KernelAbilities
{
    public static IReadOnlyDictionary<string, string?> Try() => new Dictionary<string, string?>
    {
        ["network namespaces, veth and clsact"] = Problem(TryLinks),
        ["eBPF maps"] = Problem(TryMap),
    };

    private static void TryLinks()
    {
        using var empty = NetworkNamespace.CreateAnonymous();
        using var route = RouteNetlink.Open(empty);
        route.CreateLink(new VethSpec { Name = "doctor0", Peer = new VethPeerSpec { Name = "doctor1" } });
        route.AddClsact(route.GetLink("doctor0").Index);
    }

    private static void TryMap() => BpfMap.Create(new BpfMapSpec { Name = "doctor", Type = BpfMapType.Hash, KeySize = 4, ValueSize = 4, MaxEntries = 1 }).Dispose();

    private static string? Problem(Action attempt)
    {
        try
        {
            attempt();
            return null;
        }
        catch (LinuxException e)
        {
            return e.Message;
        }
    }
}
