using System.Text.Json.Nodes;

namespace Fairway.Netavark.Tests.Fixtures;

/// <summary>Requests as Podman 4.3.1 writes them.</summary>
internal static class Requests
{
    public const string ContainerId = "c58ef7d4387ec22e93ff39ad16fdd117bbb1f36319ff1e2ef9776cb2c1f72f66";
    public const string NetworkId = "2fd3890a8f107b573c2ec14d8df75068af94a6ef1cbe1f6c0166fcf9f356e93d";
    public const string NetnsPath = "/run/netns/netns-e79c89c0";

    /// <summary>The same network for Fairway.</summary>
    public const string FairwayId = "2fd3890a-8f10-7b57-3c2e-c14d8df75068";

    /// <summary>A container on one network, with a port.</summary>
    public static JsonObject Container() => JsonNode.Parse($$$"""
        {
          "container_id": "{{{ContainerId}}}",
          "container_name": "c1",
          "networks": {"web": {"static_ips": ["10.89.0.7"], "aliases": ["api", "c58ef7d4387e"], "static_mac": "02:00:00:00:00:77", "interface_name": "eth0"}},
          "network_info": {"web": {{{Network().ToJsonString()}}}},
          "port_mappings": [{"host_ip": "", "container_port": 80, "host_port": 8080, "range": 1, "protocol": "tcp"}]
        }
        """)!.AsObject();

    public static JsonObject Network(string name = "web", string id = NetworkId, string prefix = "10.89.0") => JsonNode.Parse($$"""
        {
          "name": "{{name}}", "id": "{{id}}", "driver": "bridge", "network_interface": "podman1", "created": "2026-11-24T18:43:18.1+01:00",
          "subnets": [{"subnet": "{{prefix}}.0/24", "gateway": "{{prefix}}.1"}],
          "ipv6_enabled": false, "internal": false, "dns_enabled": true, "ipam_options": {"driver": "host-local"}
        }
        """)!.AsObject();

    /// <summary>The same request as netavark hands it to a plugin, nulls included.</summary>
    public static JsonObject Plugin()
    {
        var container = Container();
        var network = Network();
        network["driver"] = "fairway";
        network["options"] = null;
        network["network_dns_servers"] = null;
        var options = container["networks"]!["web"]!.DeepClone();
        options["options"] = null;
        return new JsonObject
        {
            ["container_id"] = ContainerId,
            ["container_name"] = "c1",
            ["port_mappings"] = container["port_mappings"]!.DeepClone(),
            ["network"] = network,
            ["network_options"] = options,
        };
    }

    /// <summary>What Podman 6 sends to create.</summary>
    public static JsonObject Creation() => JsonNode.Parse($$"""
        {
          "network": {"name": "web", "id": "{{NetworkId}}", "driver": "bridge", "created": "0001-01-01T00:00:00Z", "ipv6_enabled": false, "internal": false, "dns_enabled": true},
          "used": {"interfaces": ["podman1"], "names": {"podman": "2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9", "podman2": "aa"}, "subnets": ["10.88.0.0/16", "10.89.0.0/24"]},
          "options": {"subnet_pools": [{"base": "10.89.0.0/16", "size": 24}], "default_interface_name": "podman", "check_used_subnets": true}
        }
        """)!.AsObject();
}
