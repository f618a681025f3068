namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>Tests that share the machine with uplinks.</summary>
[CollectionDefinition(nameof(LanMachine))]
public sealed class LanCollection : ICollectionFixture<LanMachine>;
