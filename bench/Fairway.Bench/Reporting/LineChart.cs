using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;

namespace Fairway.Bench.Reporting;

/// <summary>One row over numbers, both logarithmic; a line a peer.</summary>
/// <param name="title">What it shows.</param>
/// <param name="counted">What the numbers count.</param>
/// <param name="points">The row at each number.</param>
internal sealed class LineChart(string title, string counted, IReadOnlyList<Summary> points)
{
    private const double Smallest = 0.01;
    private const int Width = 900, Height = 400, Left = 70, Right = 110, Bottom = 52;
    private readonly double _first = points.Min(point => Place(point.Row.At!.Value));
    private readonly double _last = points.Max(point => Place(point.Row.At!.Value));
    private readonly double _least = points.SelectMany(point => point.Figures.Values).Min(figure => Math.Max(figure.Low, Smallest));
    private readonly double _most = points.SelectMany(point => point.Figures.Values).Max(figure => figure.High);

    public string Draw()
    {
        var svg = new Svg(Width, Height);
        Peer[] peers = [.. PeerCatalog.All.Where(peer => points.Any(point => point.Figures.ContainsKey(peer.Name)))];
        Legend.Draw(svg, title, Left, peers.Select(peer => peer.Name));
        foreach (double tick in Ticks())
        {
            svg.Line(Left, Y(tick), Width - Right, Y(tick), "#e4e4e4");
            svg.Write(Left - 6, Y(tick) + 4, Unit.Write(tick), "end");
        }
        foreach (int at in points.Select(point => point.Row.At!.Value).Distinct())
        {
            svg.Line(X(at), Legend.Height, X(at), Height - Bottom, "#eeeeee");
            svg.Write(X(at), Height - Bottom + 18, $"{at:#,0}", "middle");
        }
        svg.Write((Left + Width - Right) / 2.0, Height - 10, counted, "middle");
        DrawLines(svg, peers);
        return svg.ToString();
    }

    private void DrawLines(Svg svg, Peer[] peers)
    {
        var labels = new List<(double X, double Y, string Text, string Color)>();
        foreach (Peer peer in peers)
        {
            (double X, double Y, Figure Figure)[] line = [.. points.Where(point => point.Figures.ContainsKey(peer.Name))
                .OrderBy(point => point.Row.At).Select(point => (X(point.Row.At!.Value), Y(point.Figures[peer.Name].Median), point.Figures[peer.Name]))];
            svg.Curve(line.Select(point => (point.X, point.Y)), peer.Color, peer.Name == DisturbanceRule.Limit ? "5 4" : "");
            foreach ((double x, double y, Figure figure) in line)
            {
                svg.Line(x, Y(figure.Low), x, Y(figure.High), peer.Color);
                svg.Dot(x, y, peer.Color);
            }
            labels.Add((line[^1].X + 8, line[^1].Y, $"{Unit.Write(line[^1].Figure.Median)} {peer.Name}", peer.Color));
        }
        // From the top, each below the one before.
        double lowest = 0;
        foreach (var label in labels.OrderBy(label => label.Y))
        {
            lowest = Math.Max(label.Y + 4, lowest + 12);
            svg.Write(label.X, lowest, label.Text, size: 11, color: label.Color);
        }
    }

    private IEnumerable<double> Ticks()
    {
        for (double power = Math.Pow(10, Math.Floor(Math.Log10(_least))); power <= _most * 10; power *= 10)
        {
            foreach (double tick in (double[])[power, power * 2, power * 5])
            {
                if (tick >= _least * 0.7 && tick <= _most * 1.4)
                    yield return tick;
            }
        }
    }

    private double X(int count) => Place(count) is var at && _last > _first ? Left + 20 + (Share(at, _first, _last) * (Width - Left - Right - 40)) : Left + 60;

    private double Y(double value) => Height - Bottom - 14 - (Share(Math.Max(value, _least), _least, Math.Max(_most, _least * 1.5)) * (Height - Bottom - Legend.Height - 28));

    // None has a place too.
    private static double Place(int count) => Math.Max(count, 0.3);

    private static double Share(double value, double first, double last) => Math.Log(value / first) / Math.Log(last / first);
}
