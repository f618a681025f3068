namespace Fairway.Cli.Output;

/// <summary>Rows in columns two spaces apart, each as wide as its widest cell; empty cells show a dash, so that every row has every field.</summary>
internal static class Table
{
    private const string Gap = "  ";

    public static void Write<T>(Terminal terminal, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        var cells = rows.Select(row => columns.Select(column => column.Text(row) is { Length: > 0 } text ? text : "-").ToArray()).ToList();
        var widths = columns.Select((column, i) => cells.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        Line(i => columns[i].Header, _ => Paint.Bold);
        for (var r = 0; r < rows.Count; r++)
            Line(i => cells[r][i], i => columns[i].Paint?.Invoke(rows[r]) ?? Paint.None);

        void Line(Func<int, string> text, Func<int, Paint> paint)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                // Padding stays outside the colour, and the last column has none: no trailing blanks.
                terminal.Out.Write(text(i).In(paint(i), terminal.Colour));
                if (i < columns.Count - 1)
                    terminal.Out.Write(new string(' ', widths[i] - text(i).Length) + Gap);
            }
            terminal.Out.WriteLine();
        }
    }

    /// <summary>One object: a label and a value a line, further values of a label below the first.</summary>
    public static void WriteFields(Terminal terminal, IReadOnlyList<(string Label, string? Value)> fields)
    {
        var shown = fields.Where(field => !string.IsNullOrEmpty(field.Value)).ToList();
        var width = shown.Max(field => field.Label.Length) + 1;
        foreach (var (label, value) in shown)
        {
            var head = label.Length == 0 ? "" : label + ":";
            terminal.Out.WriteLine(head.PadRight(width).In(Paint.Bold, terminal.Colour) + Gap + value);
        }
    }
}
