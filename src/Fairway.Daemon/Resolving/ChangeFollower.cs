using Fairway.Engine.Operations;
using Fairway.Model.Changes;
using Fairway.Model.Errors;

namespace Fairway.Daemon.Resolving;

/// <summary>Follows the host's changes for as long as it runs. Who falls too far behind is told to begin again from what there is.</summary>
internal sealed class ChangeFollower(IHostNetworking host, Func<Change, Task> use, Func<Task> beginAgain)
{
    public async Task RunAsync(long revision, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in host.WatchAsync(revision, stop)) await use(change);
            }
            catch (FairwayException lost) when (lost.Kind == ErrorKind.Conflict)
            {
                revision = host.Revision;
                await beginAgain();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
