using Fairway.Model.Dns;

namespace Fairway.Cni.Configuration;

/// <summary>Name service settings. A configuration and a runtime spell their members differently.</summary>
internal static class DnsReader
{
    /// <summary>How <c>dns</c> of a configuration and of a result spells them.</summary>
    public static (string Servers, string Search) ConfigurationNames => ("nameservers", "search");

    /// <summary>How the capability <c>dns</c> spells them.</summary>
    public static (string Servers, string Search) CapabilityNames => ("servers", "searches");

    public static DnsSettings Read(Node value, (string Servers, string Search) names)
    {
        var settings = DnsSettings.Empty;
        foreach (var (key, member) in value.Members())
        {
            settings = key switch
            {
                "domain" => settings with { Domain = member.Text() is { Length: > 0 } domain ? domain : null },
                "options" => settings with { Options = [.. member.Texts()] },
                _ when key == names.Servers => settings with { Servers = [.. member.Items().Select(item => item.Address().ToString())] },
                _ when key == names.Search => settings with { Search = [.. member.Texts()] },
                _ => throw member.Unsupported($"use {names.Servers}, {names.Search}, options and domain"),
            };
        }
        return settings;
    }
}
