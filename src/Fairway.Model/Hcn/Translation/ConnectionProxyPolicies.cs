using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Policies;
using Fairway.Model.Validation;
using ProtocolType = Fairway.Model.Hcn.Policies.ProtocolType;

namespace Fairway.Model.Hcn.Translation;

/// <summary>L4Proxy policies of endpoints, and proxies of ours.</summary>
internal static class ConnectionProxyPolicies
{
    public static ConnectionProxy? Read(JsonElement? settings, FindingCollector findings)
    {
        if (HcnJson.ReadElement<L4ProxyPolicySetting>(settings, findings) is not { } policy) return null;
        if (policy.Protocol is { } protocol and not (ProtocolType.TCP or ProtocolType.Unknown))
            findings.At("Protocol").Add($"protocol {(uint)protocol} ({protocol}) has no connections a proxy could be given; write 6 (TCP), or leave the protocol out", HcnErrorCode.RequestUnsupported);
        if (!PolicyText.TryParseAddresses(policy.IP, out var called, out var error))
            findings.At("IP").Add(error, HcnErrorCode.InvalidIp);
        else if (called.Sets is [var set, ..])
            findings.At("IP").Add($"'{set}' is no address; write an address or a prefix", HcnErrorCode.InvalidIp);
        if (!PolicyText.TryParsePorts(policy.Port, out var ports, out error))
            findings.At("Port").Add(error, HcnErrorCode.InvalidPolicy);
        // The schema's name and hcsshim's; what stands under both counts once.
        ImmutableArray<IPNetwork> exceptions = [.. Exceptions(policy.ExceptionList, "ExceptionList", findings).Union(Exceptions(policy.Exceptions, "Exceptions", findings))];
        if (Destination(policy.Destination, findings.At("Destination")) is not var (address, port)) return null;
        return new ConnectionProxy(address, port) { Prefixes = called.Prefixes, Ports = ports, Exceptions = exceptions, Translated = policy.OutboundNat ?? false };
    }

    public static void Origins(PathMap paths, int policy)
    {
        var document = $"$.Policies[{policy}].Settings";
        paths.Add("$.Proxy", document);
        paths.Add("$.Proxy.Address", $"{document}.Destination");
        paths.Add("$.Proxy.Prefixes", $"{document}.IP");
        paths.Add("$.Proxy.Ports", $"{document}.Port");
        paths.Add("$.Proxy.Exceptions", $"{document}.ExceptionList");
        paths.Add("$.Proxy.Translated", $"{document}.OutboundNat");
    }

    public static EndpointPolicy Write(ConnectionProxy proxy) => new()
    {
        Type = EndpointPolicyType.L4Proxy,
        Settings = HcnJson.ToElement(new L4ProxyPolicySetting
        {
            IP = proxy.Prefixes is [] ? null : string.Join(',', proxy.Prefixes),
            Port = proxy.Ports is [] ? null : string.Join(',', proxy.Ports),
            Protocol = ProtocolType.TCP,
            ExceptionList = proxy.Exceptions is [] ? null : [.. proxy.Exceptions.Select(prefix => prefix.ToString())],
            Destination = proxy.Port is not { } port ? proxy.Address.ToString()
                : proxy.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{proxy.Address}]:{port}" : $"{proxy.Address}:{port}",
            OutboundNat = proxy.Translated ? true : null,
        }),
    };

    /// <summary>ADDRESS, or ADDRESS:PORT with an IPv6 address in brackets.</summary>
    private static (IPAddress Address, int? Port)? Destination(string? text, FindingCollector here)
    {
        if (string.IsNullOrEmpty(text))
        {
            here.Add("the policy has no destination; give the proxy's address and port, like 10.0.0.9:8080", HcnErrorCode.InvalidPolicy);
            return null;
        }
        if (AddressText.TryParse(text, out var whole, out _)) return (whole, null);
        var colon = text.LastIndexOf(':');
        var head = colon < 0 ? text : text[..colon];
        if (head is ['[', .. var inner, ']']) head = inner;
        if (colon > 0 && AddressText.TryParse(head, out var address, out _)
            && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            return (address, port);
        here.Add($"'{text}' is no address with a port; write it like 10.0.0.9:8080 or [fd00::9]:8080", HcnErrorCode.InvalidIp);
        return null;
    }

    private static ImmutableArray<IPNetwork> Exceptions(IReadOnlyList<string>? texts, string member, FindingCollector findings)
    {
        var prefixes = ImmutableArray.CreateBuilder<IPNetwork>();
        for (var i = 0; i < (texts?.Count ?? 0); i++)
        {
            if (!PolicyText.TryParseAddresses(texts![i], out var match, out var error)) findings.At(member, i).Add(error, HcnErrorCode.InvalidPrefix);
            else if (match.Sets is not [] || match.Prefixes is []) findings.At(member, i).Add($"'{texts[i]}' is no address; write addresses and prefixes", HcnErrorCode.InvalidPrefix);
            else prefixes.AddRange(match.Prefixes);
        }
        return prefixes.ToImmutable();
    }
}
