using System.Net;
using System.Text.Json.Nodes;
using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>CNI's bridge plugin (masquerading, host-local), with portmap behind it for containers with published ports.</summary>
internal sealed class CniHost(string tag) : PeerHost(tag)
{
    private CniCall _bridge = null!, _portmap = null!;

    public override void Start()
    {
        string leases = Work.Directory($"{Tag}/leases");
        _bridge = new CniCall(Space, Tool.Get("cni/bridge"), $$"""
            "type": "bridge", "bridge": "cnibr0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
            "ipam": {"type": "host-local", "dataDir": "{{leases}}", "ranges": [[{"subnet": "10.66.0.0/16"}]], "routes": [{"dst": "0.0.0.0/0"}]}
            """);
        _portmap = new CniCall(Space, Tool.Get("cni/portmap"), """
            "type": "portmap", "capabilities": {"portMappings": true}
            """);
    }

    public override void Attach(Container container)
    {
        container.Answer = _bridge.Call("ADD", container);
        if (container.Forwards.Count > 0)
            _portmap.Call("ADD", container, container.Answer);
    }

    public override void Detach(Container container)
    {
        if (container.Forwards.Count > 0)
            _portmap.Call("DEL", container, container.Answer);
        _bridge.Call("DEL", container, container.Answer);
    }

    public override IPAddress AddressOf(Container container) => IPAddress.Parse(JsonNode.Parse(container.Answer)!["ips"]![0]!["address"]!.GetValue<string>().Split('/')[0]);
}
