using Fairway.Model.Flows;

namespace Fairway.Torture.Tests.Hostile;

/// <summary>Frames a container sends though it must not.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Reason">Under which each is counted.</param>
/// <param name="Frames">The frames.</param>
internal sealed record Attack(string Name, DropReason Reason, params byte[][] Frames)
{
    public override string ToString() => Name;
}
