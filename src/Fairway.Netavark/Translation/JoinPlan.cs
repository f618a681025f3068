using Fairway.Model.Attach;
using Fairway.Model.Networks;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>What to ask of Fairway for one network of a container.</summary>
/// <param name="Network">The network, as Podman has it.</param>
/// <param name="Make">The network to make when it is not there, or null for one the user made.</param>
/// <param name="Attach">The request.</param>
internal sealed record JoinPlan(NetworkDocument Network, NetworkSpec? Make, AttachRequest Attach);
