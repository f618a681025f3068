using System.Net;
using System.Text.Json.Nodes;

namespace Fairway.Bench.Peers;

/// <summary>A host with dockerd and a bridge network of it. Containers run all the time; attaching is connecting one to the network, over the API.</summary>
internal sealed class DockerHost(string tag) : PeerHost(tag)
{
    private const string Network = "bench";
    private DockerEngine? _engine;

    public override IReadOnlyList<int> Daemons => _engine?.Processes ?? [];

    private DockerApi Api => _engine!.Api;

    public override void Start()
    {
        _engine = new DockerEngine(Tag, Space);
        Api.Post("/networks/create", new JsonObject { ["Name"] = Network });
    }

    public override Container Prepare(string name, params IReadOnlyList<Forward> forwards)
    {
        Container container = Run(name, forwards);
        Api.Post($"/networks/{Network}/disconnect", new JsonObject { ["Container"] = name, ["Force"] = true });
        return container;
    }

    /// <summary>Docker attaches what it starts.</summary>
    public override Container Run(string name, params IReadOnlyList<Forward> forwards)
    {
        Api.Post($"/containers/create?name={name}", new JsonObject
        {
            ["Image"] = DockerEngine.Image,
            ["Cmd"] = new JsonArray("/bin/sleep", "100000"),
            // The daemon need not wait for it in the end.
            ["StopSignal"] = "SIGKILL",
            ["ExposedPorts"] = new JsonObject(forwards.Select(item => KeyValuePair.Create<string, JsonNode?>($"{item.ContainerPort}/{item.Protocol}", new JsonObject()))),
            ["HostConfig"] = new JsonObject
            {
                ["NetworkMode"] = Network,
                ["PortBindings"] = new JsonObject(forwards.Select(item => KeyValuePair.Create<string, JsonNode?>($"{item.ContainerPort}/{item.Protocol}",
                    new JsonArray(new JsonObject { ["HostPort"] = $"{item.HostPort}" })))),
            },
        });
        Api.Post($"/containers/{name}/start");
        return new Container(name, Space.Next(), $"/proc/{Api.Get($"/containers/{name}/json")["State"]!["Pid"]}/ns/net", forwards);
    }

    public override void Attach(Container container) => Api.Post($"/networks/{Network}/connect", new JsonObject { ["Container"] = container.Name });

    public override void Detach(Container container) => Api.Post($"/networks/{Network}/disconnect", new JsonObject { ["Container"] = container.Name });

    public override IPAddress AddressOf(Container container)
        => IPAddress.Parse(Api.Get($"/containers/{container.Name}/json")["NetworkSettings"]!["Networks"]![Network]!["IPAddress"]!.GetValue<string>());

    public override NamePath Names() => new(Pair.Client.NetnsPath, IPAddress.Parse("127.0.0.11"), Pair.Server.Name);

    protected override void Stop() => _engine?.Dispose();
}
