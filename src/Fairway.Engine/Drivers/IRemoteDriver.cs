using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns what the switch knows of endpoints on other hosts.</summary>
public interface IRemoteDriver : IOwnerDriver<RemotePlan>;
