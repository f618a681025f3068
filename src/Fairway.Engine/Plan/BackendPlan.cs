using System.Net;

namespace Fairway.Engine.Plan;

/// <summary>An endpoint behind a load balancer.</summary>
/// <param name="Endpoint">Its id, by which it keeps its share when others come and go.</param>
/// <param name="Port">Its port number; 0 when it is on another host.</param>
/// <param name="Generation">Generation of that number.</param>
/// <param name="Network">Number of its network.</param>
/// <param name="Address">Its address of the family.</param>
public sealed record BackendPlan(Guid Endpoint, uint Port, uint Generation, uint Network, IPAddress Address)
{
    /// <summary>Whether it is on another host.</summary>
    public bool IsRemote => Port == 0;
}
