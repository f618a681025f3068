using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;

namespace Fairway.Cli.Explain;

/// <summary>An explanation for people: the verdict and why, who and what, then the layers.</summary>
internal static class ExplanationText
{
    private static readonly IReadOnlyList<Column<ExplainStepDocument>> s_columns =
    [
        new("LAYER", step => Layer(step.Layer)),
        new("RESULT", step => step.Passed ? "ok" : "drop", step => step.Passed ? Paint.Green : Paint.Red),
        new("WHY", step => step.Text),
    ];

    public static void Write(Terminal terminal, ExplanationDocument explanation)
    {
        terminal.Out.WriteLine($"{Verdict(explanation).In(Colour(explanation.Verdict), terminal.Colour)}  {explanation.Summary}");
        if (explanation.Remedy is { } remedy)
            terminal.Out.WriteLine($"what to do: {remedy}");
        terminal.Out.WriteLine();
        Table.WriteFields(terminal,
        [
            ("From", End(explanation.From)),
            ("To", explanation.To is { } to ? End(to) : null),
            ("Packet", Tuple(explanation.Packet)),
            ("Arrives as", explanation.Delivered is { } delivered && delivered != explanation.Packet ? Tuple(delivered) : null),
            ("Leaves by", explanation.Route is { } route ? $"{route.Device}{(route.NextHop is null ? "" : $" to {route.NextHop}")}, MTU {route.Mtu}" : null),
            ("Tunnel", explanation.Encapsulation is { } tunnel ? $"VXLAN to {tunnel.ProviderAddress}:{tunnel.UdpPort}, virtual subnet {tunnel.VirtualSubnet}" : null),
        ]);
        terminal.Out.WriteLine();
        Table.Write(terminal, s_columns, explanation.Steps);
    }

    private static string Verdict(ExplanationDocument explanation) => explanation.Verdict switch
    {
        "NotSwitched" => "NOT SWITCHED",
        var verdict when explanation.Reason is { } reason => $"{verdict.ToUpperInvariant()} ({reason})",
        var verdict => verdict.ToUpperInvariant(),
    };

    private static Paint Colour(string verdict) => verdict switch
    {
        "Allowed" => Paint.Green,
        "Dropped" => Paint.Red,
        _ => Paint.Yellow,
    };

    private static string End(ExplainEndDocument end)
    {
        var what = end.Kind switch
        {
            "Endpoint" => $"endpoint {end.Network}/{end.Name}",
            "RemoteEndpoint" => end.Name is null ? $"another host of network {end.Network}" : $"endpoint {end.Network}/{end.Name} of another host",
            "Resolver" => $"the resolver of network {end.Network}",
            "Host" => "the host",
            _ => "outside",
        };
        return end.Address is null ? what : $"{what}, {end.Address}";
    }

    private static string Tuple(ExplainTupleDocument tuple) => tuple.DestinationPort is { } port
        ? $"{tuple.Protocol} {Side(tuple.Source, tuple.SourcePort?.ToString() ?? "*")} -> {Side(tuple.Destination, $"{port}")}"
        : $"{tuple.Protocol} {tuple.Source} -> {tuple.Destination}";

    private static string Side(string address, string port) => address.Contains(':') ? $"[{address}]:{port}" : $"{address}:{port}";

    /// <summary>RulesOut is written <c>rules out</c>.</summary>
    private static string Layer(string name) => string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
