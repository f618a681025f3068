using Fairway.Model.Ports;

namespace Fairway.Engine.State;

/// <summary>A publication with the numbers the switch knows it by, one for each family of the endpoint it leads to.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Publication">What is published.</param>
/// <param name="Number4">Its IPv4 half, or 0 when it has none.</param>
/// <param name="Number6">Its IPv6 half, or 0 when it has none.</param>
internal sealed record NumberedPublication(Guid Endpoint, PortPublication Publication, uint Number4, uint Number6)
{
    public IEnumerable<uint> Numbers => new[] { Number4, Number6 }.Where(number => number != 0);
}
