using Fairway.Engines.Tests.Fixtures;

namespace Fairway.Engines.Tests;

/// <summary>What every engine's tests stand on.</summary>
public sealed class ImageTests
{
    [Fact]
    public async Task Root_HoldsAShell_AndACommandToCallWith()
    {
        string list = (await Programs.RunAsync(["tar", "-tvf", await BusyboxRoot.TarAsync()])).Expect();
        Assert.Matches(@"-rwxr-xr-x .* bin/busybox\n", list);
        Assert.Matches(@" bin/sh -> busybox\n", list);
        Assert.Matches(@" bin/wget -> busybox\n", list);
    }

    [Fact]
    public async Task Image_HasTheLayoutOfOci()
    {
        string list = (await Programs.RunAsync(["tar", "-tf", await BusyboxImage.ArchiveAsync()])).Expect();
        Assert.Equal(5, list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("index.json", list, StringComparison.Ordinal);
    }
}
