namespace Fairway.Engine.Drivers;

/// <summary>Owns the switch itself: that it stays loaded, its filters on the host's own devices, and what it knows of the host's addresses.</summary>
public interface IUplinkDriver
{
    /// <summary>
    /// Reads the host's devices, addresses and routes and brings filters and tables to them. Called at start and after kernel events;
    /// nothing is written when nothing changed. Returns how many objects were changed.
    /// </summary>
    int Synchronize();
}
