namespace Fairway.Switch.Tests.Robustness;

internal enum MutationKind
{
    Byte,
    Bit,
    Word,

    /// <summary>The frame ends earlier.</summary>
    Cut,

    /// <summary>Zeroes at the end.</summary>
    Extend,

    /// <summary>An address that means something, over what stands there.</summary>
    Piece,

    /// <summary>The same, pushing the rest back.</summary>
    Insert,
}
