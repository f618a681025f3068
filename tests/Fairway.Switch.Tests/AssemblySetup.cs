using Fairway.Switch.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(SwitchUnderTest))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
