using System.Collections.Immutable;
using Fairway.Model.Collections;

namespace Fairway.Model.Endpoints;

/// <summary>What an engine says about an endpoint after it was made: Docker names a container only when it runs.</summary>
public sealed record EndpointDescription
{
    /// <summary>The name it should have; when another endpoint of the network has it, it becomes an alias.</summary>
    public required string Name { get; init; }
    /// <summary>Further names, in place of those it had.</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The engine and workload behind it.</summary>
    public required Owner Owner { get; init; }
}
