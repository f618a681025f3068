using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns which connections are led to proxies beside endpoints' processes. A change is at once for all connections that begin after it.</summary>
public interface ISidecarDriver : IOwnerDriver<SidecarPlan>;
