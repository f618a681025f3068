using System.Text.Json;
using Fairway.Engine.Operations;
using Fairway.Model.Changes;
using Fairway.Model.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Fairway.Api.Containerd;

/// <summary>
/// Learns from containerd which images run behind CNI's endpoints. Containers of a pod come after its endpoint, and are heard of by containerd's events;
/// that of <c>ctr</c> comes before, and is asked for when the endpoint comes. Nothing is asked of a host that has no endpoint of CNI's.
/// </summary>
public sealed class ContainerdFollower(IHostNetworking host, string socketPath, TimeProvider clock, ILogger<ContainerdFollower> logger) : IAsyncDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly ContainerdClient _containerd = new(socketPath);
    private readonly WorkloadImages _images = new(host);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>An endpoint's images are read and written one after another.</summary>
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _following = Task.CompletedTask;

    /// <summary>Begins to follow.</summary>
    public void Start() => _following = Task.WhenAll(FollowHostAsync(host.Revision), FollowContainerdAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _containerd.Dispose();
        _turn.Dispose();
        _stop.Dispose();
    }

    private async Task FollowContainerdAsync()
    {
        await TryAsync(() => _wanted.Task.WaitAsync(_stop.Token));
        for (var pause = s_firstPause; !_stop.IsCancellationRequested; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            await TryAsync(async () =>
            {
                await foreach (var container in _containerd.ReadNewAsync(_stop.Token))
                {
                    if (container is not null)
                        await NoteAsync(container);
                    else
                        await LookAtEverythingAsync();
                    pause = s_firstPause;
                }
            });
            await TryAsync(() => Task.Delay(pause, clock, _stop.Token));
        }
    }

    private async Task FollowHostAsync(long revision)
    {
        if (host.Endpoints.Any(endpoint => endpoint.Spec.Owner?.Engine == WorkloadImages.Engine)) _wanted.TrySetResult();
        while (!_stop.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                await foreach (var change in host.WatchAsync(revision, _stop.Token))
                {
                    revision = change.Revision;
                    if (change is { Resource: ResourceKind.Endpoint, Kind: ChangeKind.Created } && host.FindEndpoint(change.Id)?.Spec.Owner is { Engine: WorkloadImages.Engine } owner)
                        await LookAtAsync(owner.Id);
                }
            });
            // Fallen behind: what was missed is seen when containerd is looked at next.
            revision = host.Revision;
        }
    }

    private async Task LookAtEverythingAsync()
    {
        foreach (var space in await _containerd.ListNamespacesAsync(_stop.Token))
            foreach (var container in await _containerd.ListAsync(space, _stop.Token))
                await NoteAsync(container);
    }

    private Task LookAtAsync(string workload) => _wanted.TrySetResult() ? Task.CompletedTask : TryAsync(async () =>
    {
        foreach (var space in await _containerd.ListNamespacesAsync(_stop.Token))
            if (workload.StartsWith(space + "-", StringComparison.Ordinal) && await _containerd.FindAsync(space, workload[(space.Length + 1)..], _stop.Token) is { } container)
                await NoteAsync(container);
    });

    private async Task NoteAsync(ContainerdContainer container)
    {
        await _turn.WaitAsync(_stop.Token);
        try
        {
            await _images.NoteAsync(container, _stop.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception lost) when (IsExpected(lost))
        {
            logger.LogDebug("follow containerd: {Cause}", lost.Message);
        }
    }

    private bool IsExpected(Exception problem) => problem is RpcException or IOException or JsonException or InvalidProtocolBufferException or FairwayException
        || (_stop.IsCancellationRequested && problem is OperationCanceledException or ObjectDisposedException);
}
