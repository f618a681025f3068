using Fairway.Model.Flows;
using Fairway.Model.Policies;

namespace Fairway.Engine.Explain;

/// <summary>What the access rules of one side say.</summary>
/// <param name="Allowed">Whether they let the packet through.</param>
/// <param name="Rule">The rule that decided; null when none was asked.</param>
/// <param name="Decided">The same as it is kept; null when none matched as well.</param>
/// <param name="OfNetwork">Whether it is a rule of the endpoint's network.</param>
/// <param name="Text">The same for people.</param>
internal sealed record Judgement(bool Allowed, FlowRule? Rule, AclRule? Decided, bool OfNetwork, string Text);
