using Fairway.Client.Transport;
using Fairway.Model.Changes;
using Fairway.Model.Errors;
using Fairway.Model.Flows;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>Drops and new connections as the switch reports them, for as long as the caller reads.</summary>
    /// <param name="cancellation">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events. The sequence ends when the daemon ends.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public IAsyncEnumerable<FlowEvent> WatchFlowsAsync(CancellationToken cancellation = default) =>
        EventStream.ReadAsync<FlowEvent>(_http, new Call(HttpMethod.Get, "/v1/flows/events", "watch", "flows"), cancellation);

    /// <summary>Changes of resources, for as long as the caller reads.</summary>
    /// <param name="afterRevision">Changes after this revision; 0 for all that the daemon still knows.</param>
    /// <param name="cancellation">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The changes in the order of their revisions. The sequence ends when the daemon ends.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public IAsyncEnumerable<Change> WatchChangesAsync(long afterRevision, CancellationToken cancellation = default) =>
        EventStream.ReadAsync<Change>(_http, new Call(HttpMethod.Get, $"/v1/changes?after={afterRevision}", "watch", "changes"), cancellation);
}
