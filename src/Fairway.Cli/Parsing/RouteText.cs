using System.Diagnostics.CodeAnalysis;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Parsing;

/// <summary>Routes in the switch as words: <c>203.0.113.0/24,192.0.2.254</c>.</summary>
internal static class RouteText
{
    public const string Syntax = "CIDR,ADDRESS[,encap]";

    public static bool TryParse(string text, [NotNullWhen(true)] out SwitchRoute? route, [NotNullWhen(false)] out string? error)
    {
        route = null;
        var parts = text.Split(',');
        if (parts.Length is not (2 or 3) || parts is [_, _, not "encap"])
        {
            error = $"'{text}' is not a route; write {Syntax}";
            return false;
        }
        if (!PrefixText.TryParse(parts[0], out var destination, out error) || !AddressText.TryParse(parts[1], out var hop, out error))
            return false;
        route = new SwitchRoute(destination, hop, parts.Length == 3);
        return true;
    }
}
