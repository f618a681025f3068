using Fairway.Dataplane.Policies;

namespace Fairway.Dataplane.Tests.Policies;

/// <summary>An image in memory of this process.</summary>
internal sealed class ManagedMemory(int lines) : ImageMemory
{
    private readonly uint[] _words = new uint[lines * RuleLines.Words];

    public override Span<uint> Words => _words;
}
