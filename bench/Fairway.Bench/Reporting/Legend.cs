using Fairway.Bench.Peers;

namespace Fairway.Bench.Reporting;

/// <summary>Title and colours.</summary>
internal static class Legend
{
    public const int Height = 58;

    public static void Draw(Svg svg, string title, double left, IEnumerable<string> peers)
    {
        svg.Write(left, 22, title, size: 15, color: "#111111");
        double x = left;
        foreach (Peer peer in PeerCatalog.All.Where(item => peers.Contains(item.Name)))
        {
            svg.Rectangle(x, 35, 11, 11, peer.Color);
            svg.Write(x + 16, 45, peer.Name);
            x += 34 + (peer.Name.Length * 7);
        }
    }
}
