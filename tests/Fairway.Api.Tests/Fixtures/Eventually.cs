using System.Diagnostics;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>Waits for what another thread is about to do, with a deadline.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Yield())
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "the condition did not come true within a minute");
    }
}
