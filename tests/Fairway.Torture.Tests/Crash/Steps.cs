namespace Fairway.Torture.Tests.Crash;

/// <summary>Which step of a request comes next.</summary>
internal static class Steps
{
    /// <summary>One after the other; on a machine too slow for all of them chance picks from the rest, and in the end there are no more.</summary>
    /// <param name="step">The last one.</param>
    /// <param name="shareSpent">Of the time that all of them may take.</param>
    /// <param name="random">Chance.</param>
    public static uint Next(uint step, double shareSpent, Random random) => shareSpent switch
    {
        < 1 => step + 1,
        < 2 => step + (uint)random.Next(1, 6),
        _ => uint.MaxValue,
    };
}
