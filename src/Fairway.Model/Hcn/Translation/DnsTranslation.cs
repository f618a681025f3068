using Fairway.Model.Dns;
using Fairway.Model.Hcn.Networks;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Name service settings: the same four members under other names.</summary>
internal static class DnsTranslation
{
    public static DnsSettings ToSettings(HcnDns? document, PathMap paths)
    {
        paths.Add("$.Dns", "$.Dns");
        paths.Add("$.Dns.Servers", "$.Dns.ServerList");
        return document is null
            ? DnsSettings.Empty
            : new DnsSettings(document.Domain is "" ? null : document.Domain, [.. document.Search ?? []], [.. document.ServerList ?? []], [.. document.Options ?? []]);
    }

    public static HcnDns? ToDocument(DnsSettings settings, HcnDns? received)
    {
        var nothing = settings.Domain is null && settings.Search is [] && settings.Servers is [] && settings.Options is [];
        if (nothing && received is null) return null;
        return (received ?? new HcnDns()) with
        {
            Domain = settings.Domain,
            Search = settings.Search is [] ? null : settings.Search,
            ServerList = settings.Servers is [] ? null : settings.Servers,
            Options = settings.Options is [] ? null : settings.Options,
        };
    }
}
