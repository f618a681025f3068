using Fairway.Engine.Drivers;

namespace Fairway.Testing.Kernel;

/// <summary>
/// A kernel in memory behind every driver interface. It keeps what the real drivers would leave in the real kernel, renders it as text,
/// fails on command, and complains when the engine breaks what it promised to drivers (which calls overlap). It outlives engines, as the
/// kernel outlives daemons.
/// </summary>
public sealed partial class FakeKernel : IEndpointDriver, INetworkDriver, IPublicationDriver, IPolicyDriver, ILoadBalancerDriver, IRemoteDriver, IWayDriver, ISidecarDriver, IUplinkDriver, INamespaceDriver, IHostProbe, IKernelWatcher
{
    private readonly Lock _gate = new();
    private readonly List<FakeOperation> _calls = [];
    private readonly Dictionary<FakeOperation, Queue<FakeFault>> _faults = [];

    /// <summary>Called before each operation, on the thread that makes it and outside of the fake's lock. It may block or throw.</summary>
    public Action<FakeOperation> Before { get; set; } = _ => { };

    /// <summary>Called after each operation that succeeded.</summary>
    public Action<FakeOperation> After { get; set; } = _ => { };

    /// <summary>The operations so far, in order.</summary>
    public IReadOnlyList<FakeOperation> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>Makes the next operation of a kind fail.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="exception">What it throws.</param>
    /// <param name="afterwards">It does its work and then fails, as when its last step went wrong.</param>
    public void FailNext(FakeOperation operation, Exception exception, bool afterwards = false)
    {
        lock (_gate)
        {
            if (!_faults.TryGetValue(operation, out var queue))
                _faults[operation] = queue = new Queue<FakeFault>();
            queue.Enqueue(new FakeFault(exception, afterwards));
        }
    }

    private void Do(FakeOperation operation, Action action) => Do(operation, () =>
    {
        action();
        return true;
    });

    private T Do<T>(FakeOperation operation, Func<T> action)
    {
        Before(operation);
        T result;
        lock (_gate)
        {
            _calls.Add(operation);
            var fault = _faults.TryGetValue(operation, out var queue) && queue.Count > 0 ? queue.Dequeue() : null;
            if (fault is { Afterwards: false })
                throw fault.Exception;
            result = action();
            if (fault is not null)
                throw fault.Exception;
        }
        After(operation);
        return result;
    }

    private sealed record FakeFault(Exception Exception, bool Afterwards);
}
