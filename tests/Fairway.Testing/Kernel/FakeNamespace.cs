using System.Collections.Immutable;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

/// <summary>A network namespace: its cookie, and its interfaces by name (null: not one of Fairway's).</summary>
internal sealed record FakeNamespace(ulong Cookie, ImmutableSortedDictionary<string, EndpointPlan?> Interfaces)
{
    public static FakeNamespace Empty(ulong cookie) => new(cookie, ImmutableSortedDictionary.Create<string, EndpointPlan?>(StringComparer.Ordinal));
}
