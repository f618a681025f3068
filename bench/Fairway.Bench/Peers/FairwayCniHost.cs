using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>The same, attached by whole calls of <c>fairway-cni</c>, as containerd and CRI-O do it.</summary>
internal sealed class FairwayCniHost(string tag) : FairwayHost(tag)
{
    private CniCall? _plugin;

    private CniCall Plugin => _plugin ??= new CniCall(Space, Tool.Published("fairway-cni"),
        $$"""
        "type": "fairway-cni", "socket": "{{Options.SocketPath}}", "capabilities": {"portMappings": true}
        """);

    public override void Attach(Container container) => Plugin.Call("ADD", container);

    public override void Detach(Container container) => Plugin.Call("DEL", container);
}
