using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Crash;

/// <summary>A machine whose daemon dies or fails at a chosen step of a request, and every kind of request there is.</summary>
internal sealed class FaultyMachine : IAsyncDisposable
{
    private readonly string _plugins = Directory.CreateTempSubdirectory("fairway-plugins-").FullName;
    private DockerOperations? _docker;

    public FaultyMachine() => Machine = new Machine { DaemonEnvironment = Fault.Environment, DaemonOptions = ["--docker-plugins", _plugins] };

    public FaultPage Fault { get; } = new();

    public Machine Machine { get; }

    /// <summary>In an order in which each finds what it needs and the last ones leave nothing.</summary>
    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    public async Task StartAsync()
    {
        await Machine.InitializeAsync();
        _docker = new DockerOperations(Machine.Client, Path.Combine(_plugins, $"{Machine.Instance}.sock"));
        Operations = [.. new Operations(Machine.Client, await GuestAsync("guest")).All(), .. new FabricOperations(Machine.Client, await GuestAsync("pod")).All(), .. _docker.All()];
    }

    public async ValueTask DisposeAsync()
    {
        _docker?.Dispose();
        await Machine.DisposeAsync();
        Fault.Dispose();
        Directory.Delete(_plugins, recursive: true);
    }

    private async Task<string> GuestAsync(string name)
    {
        (await Programs.RunAsync(["ip", "netns", "add", $"{Machine.Instance}.{name}"])).Expect();
        return $"/run/netns/{Machine.Instance}.{name}";
    }
}
