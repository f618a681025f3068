using Fairway.Engine.Explain;
using Fairway.Engine.Planner;
using Fairway.Model.Explain;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    /// <summary>The plan is made anew, so that it is that of the state that is looked at.</summary>
    public Explanation Explain(ExplainRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (state, probe) = (State, _parts.Drivers.Probe);
        return Refusal.Ask($"explain '{request.Source}' to '{request.Destination}'", "the host's routes", () => Explainer.Explain(
            new HostView(state, new HostPlanner(_parts.Names).Plan(state), probe.Addresses(), probe.FindRoute), request));
    }
}
