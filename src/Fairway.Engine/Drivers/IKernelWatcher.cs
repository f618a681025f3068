namespace Fairway.Engine.Drivers;

/// <summary>Says "look again" when links, addresses, routes or filters of the host changed; never what changed.</summary>
public interface IKernelWatcher
{
    /// <summary>Completes at the next change, or at once when one happened since the last call.</summary>
    ValueTask WaitForChangeAsync(CancellationToken cancellation);
}
