namespace Fairway.Linux.Routing;

/// <summary>A link that drops what is sent to it. EOPNOTSUPP where the kernel was built without it.</summary>
public sealed record DummySpec : LinkSpec
{
    /// <inheritdoc/>
    public override string Kind => "dummy";
}
