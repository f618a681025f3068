using System.Net;
using BenchmarkDotNet.Attributes;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Testing;

namespace Fairway.Engine.Bench;

/// <summary>Whole operations, with the store on the disk, beside endpoints that are there already. The kernel's own time is not in it.</summary>
[MemoryDiagnoser]
public class AttachBenchmarks
{
    private TestEngine _host = null!;
    private string _busy = null!;
    private int _port;

    [Params(0, 1000, 4000)]
    public int Present { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        // On the disk: what a commit costs is the point.
        _host = await TestEngine.StartAsync(directory: Directory.CreateTempSubdirectory("fairway-bench-").FullName);
        await _host.StopAsync();
        _host.Options = _host.Options with { Debounce = TimeSpan.FromMilliseconds(100) };
        await _host.StartAsync();
        await _host.Networking.CreateNetworkAsync(new NetworkSpec { Name = "web", Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/16")), new SubnetSpec(IPNetwork.Parse("fd00:1::/64"))] }, default);
        for (var i = -101; i < Present; i++)
            _host.Kernel.AddNamespace($"/proc/{i}/ns/net");
        await Task.WhenAll(Enumerable.Range(0, Present).Select(i => Task.Run(() => AttachAsync(i))));
        _busy = (await AttachAsync(-101)).EndpointId.ToString();
        await _host.Networking.PublishAsync(_busy, [.. Enumerable.Range(20000, 10000).Select(port => Port(port))], default);
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Benchmark]
    public async Task AttachAndDetach()
    {
        await AttachAsync(-1);
        await DetachAsync(-1);
    }

    /// <summary>A hundred at once, and all of them gone again.</summary>
    [Benchmark]
    public async Task AttachAndDetachHundred()
    {
        await Task.WhenAll(Enumerable.Range(1, 100).Select(i => Task.Run(() => AttachAsync(-i))));
        await Task.WhenAll(Enumerable.Range(1, 100).Select(i => Task.Run(() => DetachAsync(-i))));
    }

    /// <summary>One more port beside ten thousand, and gone again.</summary>
    [Benchmark]
    public async Task PublishAndUnpublish()
    {
        var port = Port(40000 + _port++ % 10000);
        await _host.Networking.PublishAsync(_busy, [port], default);
        await _host.Networking.UnpublishAsync(_busy, [port], default);
    }

    private Task<AttachResult> AttachAsync(int i) =>
        _host.Networking.AttachAsync(new AttachRequest { Network = "web", NetnsPath = $"/proc/{i}/ns/net", Owner = new Owner("bench", $"w{i}") }, default);

    private Task DetachAsync(int i) => _host.Networking.DetachAsync(new DetachRequest(new Owner("bench", $"w{i}")), default);

    private static PortPublication Port(int port) => new() { HostPort = (ushort)port, ContainerPort = 80 };
}
