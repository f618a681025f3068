using System.Diagnostics;

namespace Fairway.Dataplane.Tests.Fixtures;

/// <summary>Waits for what happens in the background, looking again every few milliseconds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task IsTrueAsync(Func<bool> condition, string otherwise)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < s_patience, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
