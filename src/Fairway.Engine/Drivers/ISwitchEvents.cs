namespace Fairway.Engine.Drivers;

/// <summary>The switch's event stream. The switch reports only while somebody reads.</summary>
public interface ISwitchEvents
{
    /// <summary>Events from now on. A slow reader loses events and is told how many (<see cref="SwitchEvent.Missed"/>).</summary>
    IAsyncEnumerable<SwitchEvent> ReadAsync(CancellationToken cancellation);
}
