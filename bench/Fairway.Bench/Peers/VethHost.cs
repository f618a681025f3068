using System.Net;
using Fairway.Bench.Running;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Bench.Peers;

/// <summary>
/// Bare veth pairs: the limit of what containers can have. Paths are two namespaces and a pair between them, whatever the path; attaching is what the kernel needs for a pair, an address
/// and a route, by rtnetlink in one process.
/// </summary>
internal class VethHost(string tag) : PeerHost(tag)
{
    private CallPath? _path;

    protected virtual int Subnet => 60;

    public override void Start()
    {
    }

    public override void Attach(Container container) => Attach(container, null);

    public override void Detach(Container container)
    {
        using RouteNetlink route = RouteNetlink.Open(Space.Space);
        route.DeleteLink(LinkOf(container));
    }

    public override CallPath PathOf(PathKind kind) => _path ??= MakePath();

    /// <summary>Makes the pair, and puts its end on the host into a bridge.</summary>
    protected void Attach(Container container, int? master)
    {
        using RouteNetlink route = RouteNetlink.Open(Space.Space);
        using NetworkNamespace space = NetworkNamespace.OpenPath(container.NetnsPath);
        using RouteNetlink inside = RouteNetlink.Open(space);
        route.CreateLink(new VethSpec { Name = LinkOf(container), Up = true, Master = master, Peer = new VethPeerSpec { Name = "eth0", Namespace = space, Mac = container.Mac } });
        container.Address = new IPAddress([10, (byte)Subnet, (byte)((container.Number + 1) >> 8), (byte)(container.Number + 1)]);
        int link = inside.GetLink("eth0").Index;
        var batch = new RouteBatch();
        batch.AddAddress(new InterfaceAddress { LinkIndex = link, Address = container.Address, PrefixLength = 16 });
        batch.SetLink(link, new LinkChange { Up = true });
        batch.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = master is null ? null : new IPAddress([10, (byte)Subnet, 0, 1]), LinkIndex = link });
        inside.Execute(batch);
    }

    private static string LinkOf(Container container) => $"v{container.Number}";

    private CallPath MakePath()
    {
        Container client = Prepare("client"), server = Prepare("server");
        Shell.Run($"ip -n {Space.Name}.client link add eth0 type veth peer name eth0 netns {Space.Name}.server");
        Shell.Run($"ip -n {Space.Name}.client addr add 10.50.0.1/24 dev eth0 && ip -n {Space.Name}.client link set eth0 up");
        Shell.Run($"ip -n {Space.Name}.server addr add 10.50.0.2/24 dev eth0 && ip -n {Space.Name}.server link set eth0 up");
        return new CallPath(client.NetnsPath, server.NetnsPath, IPAddress.Parse("10.50.0.2"));
    }
}
