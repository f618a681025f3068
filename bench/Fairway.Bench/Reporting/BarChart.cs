using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;

namespace Fairway.Bench.Reporting;

/// <summary>A group of bars for each row, one bar a peer; the thin line over a bar goes from the lower to the upper quartile.</summary>
/// <param name="title">What it shows.</param>
/// <param name="rows">The rows.</param>
/// <param name="isRelative">Whether bars are ratios to the limit.</param>
internal sealed class BarChart(string title, IReadOnlyList<Summary> rows, bool isRelative)
{
    private const int Width = 900, Height = 400, Left = 60, Right = 20, Bottom = 40;
    private readonly string[] _peers = [.. PeerCatalog.All.Select(peer => peer.Name).Where(name => rows.Any(row => row.Figures.ContainsKey(name)))];

    private static double Plot => Height - Legend.Height - Bottom;

    public string Draw()
    {
        var svg = new Svg(Width, Height);
        Legend.Draw(svg, title, Left, _peers);
        double most = rows.SelectMany(row => row.Figures.Values.Select(figure => Scaled(figure, figure.High))).Max();
        double step = Axis.Step(most);
        most = Math.Ceiling(most / step) * step;
        for (double tick = 0; tick <= most * 1.0001; tick += step)
        {
            svg.Line(Left, Y(tick, most), Width - Right, Y(tick, most), isRelative && Math.Abs(tick - 1) < 1e-9 ? "#888888" : "#e4e4e4");
            svg.Write(Left - 6, Y(tick, most) + 4, Unit.Write(tick), "end");
        }
        double group = (Width - Left - Right) / (double)rows.Count;
        for (int i = 0; i < rows.Count; i++)
            DrawRow(svg, rows[i], Left + (i * group), group, most);
        return svg.ToString();
    }

    private void DrawRow(Svg svg, Summary row, double x, double width, double most)
    {
        double bar = Math.Min(width * 0.86 / _peers.Length, 44);
        double at = x + ((width - (bar * _peers.Length)) / 2);
        foreach (string peer in _peers)
        {
            if (row.Figures.TryGetValue(peer, out Figure? figure))
            {
                double top = Y(Scaled(figure, figure.Median), most);
                svg.Rectangle(at + 1, top, bar - 2, Y(0, most) - top, PeerCatalog.Of(peer).Color);
                svg.Line(at + (bar / 2), Y(Scaled(figure, figure.Low), most), at + (bar / 2), Y(Scaled(figure, figure.High), most), "#222222");
                svg.Write(at + (bar / 2) + 4, Math.Min(top, Y(Scaled(figure, figure.High), most)) - 4, Unit.Write(Scaled(figure, figure.Median)), size: 10, angle: -60);
            }
            at += bar;
        }
        svg.Write(x + (width / 2), Height - 18, row.Row.Name, "middle");
    }

    /// <summary>A ratio is the median of those within each round, as in the table; its quartiles are as wide as those of the figure.</summary>
    private double Scaled(Figure figure, double value) => isRelative ? value / figure.Median * (figure.Ratio ?? 1) : value;

    // Room above the highest bar for its figure.
    private static double Y(double value, double most) => Legend.Height + Plot - (value / most * (Plot - 24));
}
