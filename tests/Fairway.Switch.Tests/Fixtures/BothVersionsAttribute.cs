using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>Runs a theory for IPv4 and for IPv6; its one parameter says whether it is version 6.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BothVersionsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([new TheoryDataRow<bool>(false), new TheoryDataRow<bool>(true)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
