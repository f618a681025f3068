using System.Text.Json;
using System.Threading.Channels;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;

namespace Fairway.Api.Docker.Watching;

/// <summary>
/// Learns from Docker what its networks and containers are called: its drivers are not told. Follows Docker's events, and looks at everything once
/// whenever it finds Docker anew.
/// </summary>
internal sealed class DockerFollower(DockerClient docker, IHostNetworking host, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly DockerNames _names = new(host);
    private readonly Channel<bool> _signs = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Docker holds a container while it starts it, and answers when it is done: others must not wait for that.</summary>
    private readonly SemaphoreSlim _askers = new(8);
    private bool _connected;

    /// <summary>Docker has just asked something, so it runs: no use in waiting longer.</summary>
    public void DockerIsThere()
    {
        if (!Volatile.Read(ref _connected))
            _signs.Writer.TryWrite(true);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var pause = s_firstPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var happened in docker.ReadEventsAsync(stop))
                {
                    pause = s_firstPause;
                    Volatile.Write(ref _connected, true);
                    if (happened is null)
                        await LookAtEverythingAsync(stop);
                    else
                        Follow(happened, stop);
                }
            }
            catch (Exception lost) when (IsExpected(lost, stop))
            {
                logger.LogDebug("follow Docker: {Cause}", lost.Message);
            }
            Volatile.Write(ref _connected, false);
            await WaitAsync(pause, stop);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    public void Dispose()
    {
        docker.Dispose();
        _askers.Dispose();
    }

    private async Task LookAtEverythingAsync(CancellationToken stop)
    {
        foreach (var network in await docker.ListNetworksAsync(stop))
            await TryAsync(() => _names.DescribeAsync(network, stop), stop);
        await Task.WhenAll((await docker.ListContainersAsync(stop)).Select(container => LookAtContainerAsync(container.Id, stop)));
    }

    private void Follow(DockerEvent happened, CancellationToken stop)
    {
        switch (happened)
        {
            case { Type: "network", Action: "create", Actor.ID: { } network }:
                _ = LookAtNetworkAsync(network, stop);
                break;
            case { Type: "network", Action: "connect", Actor.Attributes: { } attributes } when attributes.TryGetValue("container", out var container):
                _ = LookAtContainerAsync(container, stop);
                break;
            case { Type: "container", Action: "rename", Actor.ID: { } container }:
                _ = LookAtContainerAsync(container, stop);
                break;
        }
    }

    private Task LookAtNetworkAsync(string id, CancellationToken stop) => TryAsync(async () =>
    {
        if (await docker.FindNetworkAsync(id, stop) is { } network)
            await _names.DescribeAsync(network, stop);
    }, stop);

    private Task LookAtContainerAsync(string id, CancellationToken stop) => TryAsync(async () =>
    {
        if (await docker.FindContainerAsync(id, stop) is { } container)
            await _names.DescribeAsync(container, stop);
    }, stop);

    /// <summary>What goes wrong with one container is no reason to lose sight of the others.</summary>
    private async Task TryAsync(Func<Task> look, CancellationToken stop)
    {
        try
        {
            await _askers.WaitAsync(stop);
            try
            {
                await look();
            }
            finally
            {
                _askers.Release();
            }
        }
        catch (FairwayException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // The container was quicker to end than we to look.
        }
        catch (Exception lost) when (IsExpected(lost, stop) || lost is FairwayException)
        {
            logger.LogInformation("ask Docker for names: {Cause}", lost.Message);
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var time = Task.Delay(pause, clock, enough.Token);
        await Task.WhenAny(time, _signs.Reader.ReadAsync(enough.Token).AsTask());
        await enough.CancelAsync();
    }

    private static bool IsExpected(Exception problem, CancellationToken stop) => problem is HttpRequestException or IOException or JsonException
        || (problem is OperationCanceledException && stop.IsCancellationRequested) || (problem is ObjectDisposedException && stop.IsCancellationRequested);
}
