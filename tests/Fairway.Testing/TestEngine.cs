using System.Collections.Concurrent;
using Fairway.Engine;
using Fairway.Engine.Diagnostics;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Testing.Kernel;

namespace Fairway.Testing;

/// <summary>An engine on a fake kernel with a store of its own, which can die and start again.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    private readonly ConcurrentQueue<EngineMessage> _messages = new();
    private HostEngine? _engine;

    private TestEngine(FakeKernel kernel, string directory, TimeProvider time)
    {
        Kernel = kernel;
        Directory = directory;
        Time = time;
    }

    public FakeKernel Kernel { get; }

    /// <summary>The state directory.</summary>
    public string Directory { get; }

    public TimeProvider Time { get; }

    public HostEngine Engine => _engine!;

    public IHostNetworking Networking => Engine.Networking;

    /// <summary>What the engine told.</summary>
    public IReadOnlyCollection<EngineMessage> Messages => _messages;

    /// <summary>How the next start runs; the times are short.</summary>
    public EngineOptions Options { get; set; } = null!;

    /// <summary>Starts an engine.</summary>
    /// <param name="kernel">The kernel; a new one when null.</param>
    /// <param name="directory">The state directory; a new one when null. It is deleted with the engine.</param>
    /// <param name="time">The clock.</param>
    public static async Task<TestEngine> StartAsync(FakeKernel? kernel = null, string? directory = null, TimeProvider? time = null)
    {
        directory ??= NewDirectory();
        var host = new TestEngine(kernel ?? new FakeKernel(), directory, time ?? TimeProvider.System)
        {
            Options = new EngineOptions
            {
                Instance = "fairway",
                StateDirectory = directory,
                Debounce = TimeSpan.FromMilliseconds(1),
                FirstRetry = TimeSpan.FromMilliseconds(5),
                LastRetry = TimeSpan.FromMilliseconds(50),
            },
        };
        await host.StartAsync();
        return host;
    }

    /// <summary>A new directory, in memory where that is possible: thousands of commits need no disk to show what they should.</summary>
    public static string NewDirectory() =>
        System.IO.Directory.CreateDirectory(Path.Combine(System.IO.Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"fairway-engine-{Guid.NewGuid():N}")).FullName;

    /// <summary>Stops the engine and starts another one on the same store and kernel.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _engine = null;
    }

    public async Task StartAsync()
    {
        _engine = HostEngine.Open(Options, Time, _messages.Enqueue);
        await _engine.StartAsync(new HostDrivers(Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel, Kernel));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
