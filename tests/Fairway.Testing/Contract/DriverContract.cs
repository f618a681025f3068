using Fairway.Engine.Drivers;

namespace Fairway.Testing.Contract;

/// <summary>
/// What the engine relies on, driver by driver. The classes derived from this one run on the fake kernel and on the real one; where
/// the two differ, one of them is wrong.
/// </summary>
public abstract class DriverContract : IDisposable
{
    private readonly Lazy<IDriverHost> _host;
    private bool _disposed;

    protected DriverContract() => _host = new Lazy<IDriverHost>(OpenHost);

    protected IDriverHost Host => _host.Value;

    protected HostDrivers Drivers => Host.Drivers;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A fresh host.</summary>
    protected abstract IDriverHost OpenHost();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!_disposed && disposing && _host.IsValueCreated)
            _host.Value.Dispose();
        _disposed = true;
    }
}
