using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>One rule of nftables about a set of everything that may not pass: the best a firewall can do where all rules have one shape.</summary>
internal sealed class NftSetHost(string tag) : RouterHost(tag)
{
    private const string One = "element inet compared blocked { 192.0.2.9 . 9 }";

    public override void Install(int rules) => Nft("table inet compared {\n set blocked { type ipv4_addr . inet_service; elements = { "
        + string.Join(",\n", BlockedCaller.Some(rules).Select(caller => $"{caller.Address} . {caller.Port}"))
        + " } }\n chain forward { type filter hook forward priority 0; policy accept; ip saddr . tcp dport @blocked drop; }\n}\n");

    public override void AddOne() => Nft($"add {One}\n");

    public override void RemoveOne() => Nft($"delete {One}\n");

    public override void Clear() => Nft("delete table inet compared\n");

    private void Nft(string commands) => Space.Run(Tool.Get("nft"), ["-f", "-"], commands);
}
