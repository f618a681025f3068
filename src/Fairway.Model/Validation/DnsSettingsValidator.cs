using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Dns;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>Resolver settings end up in a resolv.conf, so they must fit into one (resolv.conf(5)).</summary>
public static class DnsSettingsValidator
{
    private const int MaximumDomainLength = 253;
    private const int MaximumEntries = 32;

    /// <summary>Everything wrong with resolver settings; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(DnsSettings settings)
    {
        var findings = new FindingCollector();
        Validate(settings, findings);
        return findings.Findings;
    }

    /// <summary>Adds everything wrong with resolver settings.</summary>
    public static void Validate(DnsSettings settings, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(findings);
        if (settings.Domain is { } domain) findings.At("Domain").AddIf(CheckDomain(domain));
        Each(settings.Search, "Search", CheckDomain, null, findings);
        Each(settings.Servers, "Servers", CheckServer, HcnErrorCode.InvalidIp, findings);
        Each(settings.Options, "Options", CheckOption, null, findings);
    }

    private static void Each(ImmutableArray<string> values, string member, Func<string, string?> check, uint? code, FindingCollector findings)
    {
        if (values.Length > MaximumEntries) findings.At(member).Add($"{values.Length} entries are too many; give at most {MaximumEntries}", code);
        for (var i = 0; i < values.Length; i++) findings.At(member, i).AddIf(check(values[i]), code);
    }

    private static string? CheckDomain(string domain)
    {
        var name = domain.EndsWith('.') ? domain[..^1] : domain;
        if (name.Length is 0 or > MaximumDomainLength) return $"the domain '{Shown(domain)}' has {domain.Length} characters; use 1 to {MaximumDomainLength}";
        return name.Split('.').All(IsLabel)
            ? null
            : $"the domain '{Shown(domain)}' is not a DNS name; join labels of 1 to 63 of A-Z, a-z, 0-9, '-' and '_' by dots";
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= ResourceName.MaximumLength
        && label[0] != '-' && label[^1] != '-' && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static string? CheckServer(string server)
    {
        if (!AddressText.TryParse(server, out var address, out var error)) return $"the name server {ResourceName.Printable(error)}";
        var multicast = address.IsIPv6Multicast || address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224;
        return multicast || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? $"the name server '{server}' is no address of a host; use the address of a name server"
            : null;
    }

    private static string? CheckOption(string option) => option.Length is > 0 and <= 64 && option.All(character => character is > ' ' and <= '~')
        ? null
        : $"the resolver option '{Shown(option)}' is not one word; write options one by one, for example ndots:2";

    private static string Shown(string text) => ResourceName.Printable(text.Length > 64 ? $"{text[..64]}..." : text);
}
