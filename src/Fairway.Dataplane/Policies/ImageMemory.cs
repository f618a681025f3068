namespace Fairway.Dataplane.Policies;

/// <summary>The memory of a rule image.</summary>
internal abstract class ImageMemory : IDisposable
{
    /// <summary>Its words.</summary>
    public abstract Span<uint> Words { get; }

    /// <summary>How many lines it has.</summary>
    public int Lines => Words.Length / RuleLines.Words;

    public Span<uint> Line(int line) => Words.Slice(line * RuleLines.Words, RuleLines.Words);

    public virtual void Dispose()
    {
    }
}
