using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>A rule of iptables for each thing that may not pass, as most container networks write them.</summary>
internal sealed class IptablesHost(string tag) : RouterHost(tag)
{
    private const string One = "POLICY -s 192.0.2.9/32 -p tcp --dport 9 -j DROP";

    public override void Install(int rules) => Space.Run(Tool.Get("iptables-restore"), [], "*filter\n:FORWARD DROP [0:0]\n:POLICY - [0:0]\n-A FORWARD -j POLICY\n"
        + string.Concat(BlockedCaller.Some(rules).Select(caller => $"-A POLICY -s {caller.Address}/32 -p tcp --dport {caller.Port} -j DROP\n")) + "-A FORWARD -j ACCEPT\nCOMMIT\n");

    public override void AddOne() => Space.Run(Tool.Get("iptables"), ["-A", .. One.Split(' ')]);

    public override void RemoveOne() => Space.Run(Tool.Get("iptables"), ["-D", .. One.Split(' ')]);

    public override void Clear() => Space.Run(Tool.Get("iptables-restore"), [], "*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n");
}
