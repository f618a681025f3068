using System.Globalization;
using System.Net;
using System.Text;

namespace Fairway.Bench.Reporting;

/// <summary>Writes a picture.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    public Svg(int width, int height)
    {
        _text.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"Helvetica, Arial, sans-serif\">");
        Rectangle(0, 0, width, height, "#ffffff");
    }

    public void Rectangle(double x, double y, double width, double height, string color)
        => _text.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{Math.Max(height, 0):0.#}\" fill=\"{color}\"/>");

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string dashes = "")
        => _text.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{color}\" stroke-width=\"{width:0.#}\"{(dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "")}/>");

    public void Curve(IEnumerable<(double X, double Y)> points, string color, string dashes = "")
        => _text.AppendLine(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{(dashes.Length > 0 ? $" stroke-dasharray=\"{dashes}\"" : "")} points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}\"/>");

    public void Dot(double x, double y, string color)
        => _text.AppendLine(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3\" fill=\"{color}\"/>");

    /// <param name="anchor">start, middle or end.</param>
    public void Write(double x, double y, string text, string anchor = "start", int size = 12, string color = "#333333", int angle = 0)
        => _text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{color}\"{(angle != 0 ? string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({angle} {x:0.#} {y:0.#})\"") : "")}>{WebUtility.HtmlEncode(text)}</text>");

    public override string ToString() => _text + "</svg>\n";
}
