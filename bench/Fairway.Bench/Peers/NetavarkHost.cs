using System.Net;
using System.Text.Json.Nodes;
using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>Podman's network: netavark, called as Podman calls it, with what Podman hands it.</summary>
internal sealed class NetavarkHost(string tag) : PeerHost(tag)
{
    private static readonly Subnet s_plain = new("bench", 'b', 67, false), s_named = new("named", 'c', 68, true);
    private string _program = "", _files = "", _dns = "";

    public override void Start()
    {
        _program = Tool.Get("netavark");
        _dns = Tool.Find("aardvark-dns") ?? "";
        _files = Work.Directory($"{Tag}/state");
    }

    public override void Attach(Container container) => Call("setup", container, s_plain);

    public override void Detach(Container container) => Call("teardown", container, s_plain);

    public override NamePath? Names()
    {
        if (_dns.Length == 0)
            throw new FileNotFoundException("not installed: aardvark-dns (aardvark-dns)");
        Container asking = Prepare("asking");
        Call("setup", asking, s_named);
        Call("setup", Prepare("asked"), s_named);
        return new NamePath(asking.NetnsPath, IPAddress.Parse("10.68.0.1"), "asked");
    }

    public override IPAddress AddressOf(Container container) => AddressOf(container, s_plain);

    private static IPAddress AddressOf(Container container, Subnet subnet) => new([10, subnet.Second, (byte)((container.Number + 1) >> 8), (byte)(container.Number + 1)]);

    protected override void Stop()
    {
        if (File.Exists($"{_files}/aardvark-dns/aardvark.pid"))
            Shell.Run($"kill {File.ReadAllText($"{_files}/aardvark-dns/aardvark.pid").Trim()}", mayFail: true);
    }

    private void Call(string command, Container container, Subnet subnet)
        => Space.Run(_program, ["--config", _files, "--aardvark-binary", _dns, command, container.NetnsPath], Request(container, subnet).ToJsonString());

    private static JsonObject Request(Container container, Subnet subnet) => new()
    {
        ["container_id"] = $"{container.Number:x64}",
        ["container_name"] = container.Name,
        ["port_mappings"] = container.Forwards.Count == 0 ? null : new JsonArray([.. container.Forwards.Select(Port)]),
        ["networks"] = new JsonObject { [subnet.Name] = new JsonObject { ["static_ips"] = new JsonArray(AddressOf(container, subnet).ToString()), ["interface_name"] = "eth0", ["static_mac"] = container.Mac.ToString() } },
        ["network_info"] = new JsonObject { [subnet.Name] = Network(subnet) },
    };

    private static JsonObject Port(Forward forward) => new()
    {
        ["host_ip"] = "",
        ["container_port"] = forward.ContainerPort,
        ["host_port"] = forward.HostPort,
        ["range"] = 1,
        ["protocol"] = forward.Protocol,
    };

    private static JsonObject Network(Subnet subnet) => new()
    {
        ["name"] = subnet.Name,
        ["id"] = new string(subnet.Id, 64),
        ["driver"] = "bridge",
        ["network_interface"] = $"nvbr{subnet.Second}",
        ["created"] = "2026-01-01T00:00:00Z",
        ["subnets"] = new JsonArray(new JsonObject { ["subnet"] = $"10.{subnet.Second}.0.0/16", ["gateway"] = $"10.{subnet.Second}.0.1" }),
        ["ipv6_enabled"] = false,
        ["internal"] = false,
        ["dns_enabled"] = subnet.HasNames,
        ["ipam_options"] = new JsonObject { ["driver"] = "host-local" },
    };

    /// <summary>A network of Podman's; the default one has no names, others have.</summary>
    private sealed record Subnet(string Name, char Id, byte Second, bool HasNames);
}
