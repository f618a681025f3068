using Fairway.Client.Transport;
using Fairway.Model.Attach;
using Fairway.Model.Errors;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>
    /// The single call of container engines: joins a namespace to a network. Asking again with the same owner and interface answers
    /// the same without changing anything.
    /// </summary>
    /// <param name="request">Network, namespace path, interface, ports.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What the namespace now has.</returns>
    /// <exception cref="FairwayException">
    /// NotFound (network, namespace), InvalidArgument, Conflict (an address, port or interface name is taken), Exhausted; the daemon cannot be reached.
    /// </exception>
    public Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.SendAsync<AttachResult>(Calls.Attach(request), cancellation);
    }

    /// <summary>Undoes <see cref="AttachAsync"/>. That nothing was attached is success.</summary>
    /// <param name="request">The owner, and which interface.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when the interface's name is free again.</returns>
    /// <exception cref="FairwayException">InvalidArgument; the daemon cannot be reached.</exception>
    public Task DetachAsync(DetachRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.SendAsync(Calls.Detach(request), cancellation);
    }
}
