using System.Text.Json;
using Fairway.Model.Hcn.Networks;

namespace Fairway.Model.Hcn.V1;

/// <summary>What networks and endpoints of schema 1 have in common: lists in one string, and gateways in place of routes.</summary>
internal static class SchemaOneDns
{
    public static HcnDns? Convert(string? domain, string? suffixes, string? servers)
    {
        var dns = new HcnDns { Domain = domain is "" ? null : domain, Search = Split(suffixes), ServerList = Split(servers) };
        return dns is { Domain: null, Search: null, ServerList: null } ? null : dns;
    }

    public static HcnRoute DefaultRoute(string gateway) => new() { NextHop = gateway, DestinationPrefix = gateway.Contains(':') ? "::/0" : "0.0.0.0/0" };

    /// <summary>The converted document is of schema 2, whatever version the one of schema 1 states.</summary>
    public static IDictionary<string, JsonElement>? WithoutVersion(IDictionary<string, JsonElement>? unknown)
    {
        if (unknown is null) return null;
        var rest = unknown.Where(member => !member.Key.Equals("SchemaVersion", StringComparison.OrdinalIgnoreCase)).ToDictionary();
        return rest.Count == 0 ? null : rest;
    }

    private static string[]? Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts ? parts : null;
}
