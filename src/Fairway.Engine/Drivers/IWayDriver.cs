using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns how endpoints' packets leave their networks. A change is at once for all packets.</summary>
public interface IWayDriver : IOwnerDriver<WayPlan>;
