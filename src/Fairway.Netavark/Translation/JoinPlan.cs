using Fairway.Model.Attach;
using Fairway.Model.Networks;

namespace Fairway.Netavark.Translation;

/// <summary>What to ask of Fairway for one network of a container.</summary>
/// <param name="Network">Podman's name of the network.</param>
/// <param name="Make">The network to make when it is not there, or null for one the user made.</param>
/// <param name="Attach">The request.</param>
/// <param name="Names">Whether the container is to find others by name.</param>
internal sealed record JoinPlan(string Network, NetworkSpec? Make, AttachRequest Attach, bool Names);
