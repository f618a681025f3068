namespace Fairway.Switch.Tests.Fixtures;

/// <summary>Base of the tests that share one switch; every test has the scene for itself.</summary>
public abstract class SwitchTest(SwitchUnderTest fixture)
{
    private protected Scene Scene { get; } = new(fixture);
}
