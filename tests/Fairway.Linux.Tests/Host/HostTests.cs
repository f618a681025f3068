using Fairway.Linux.Host;

namespace Fairway.Linux.Tests.Host;

public sealed class HostTests
{
    [Theory]
    [InlineData("6.1.0-13-cloud-amd64", 6, 1, 0)]
    [InlineData("5.14.0-427.13.1.el9_4.x86_64\n", 5, 14, 0)]
    [InlineData("6.18", 6, 18, 0)]
    [InlineData("6.8-rc3", 6, 8, 0)]
    [InlineData("6.12.9+bpo-amd64", 6, 12, 9)]
    public void KernelRelease_RealNames_AreRead(string text, int major, int minor, int patch)
        => Assert.Equal(new KernelRelease(major, minor, patch), KernelRelease.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("6")]
    [InlineData("linux.6")]
    public void KernelRelease_Garbage_IsAFormatException(string text) => Assert.Throws<FormatException>(() => KernelRelease.Parse(text));

    [Fact]
    public void KernelRelease_Comparison_IsByNumbers()
    {
        Assert.True(new KernelRelease(5, 9) < new KernelRelease(5, 10));
        Assert.True(new KernelRelease(6, 0) >= new KernelRelease(5, 19, 17));
        Assert.True(KernelRelease.Current >= new KernelRelease(5, 15));
    }

    [Fact]
    public void Capabilities_OfRoot_AreThere()
    {
        Assert.True(CapabilitySet.OfThisProcess().Contains(Capability.NetAdmin));
        CapabilitySet few = CapabilitySet.Parse("Name:\tx\nCapEff:\t0000000000003000\n");
        Assert.Equal((true, true, false), (few.Contains(Capability.NetAdmin), few.Contains(Capability.NetRaw), few.Contains(Capability.SysAdmin)));
        Assert.Throws<InvalidDataException>(() => CapabilitySet.Parse("Name: x"));
    }

    [Fact]
    public void Boot_Id_IsTheKernels() => Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), Boot.Id.ToString());

    [Fact]
    public void Cgroups_Root_IsFoundInEveryArrangement()
    {
        Assert.True(File.Exists(Cgroups.FindRoot() + "/cgroup.procs"));
        Assert.Equal("/sys/fs/cgroup", Cgroups.FindRoot(["30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw"]));
        Assert.Equal("/a b", Cgroups.FindRoot(["1 2 0:3 /part /c rw - cgroup2 none rw", "30 23 0:26 / /a\\040b rw - cgroup2 cgroup2 rw"]));
        Assert.Null(Cgroups.FindRoot(["30 23 0:26 / /sys/fs/cgroup/cpu rw shared:4 - cgroup cgroup rw,cpu", "nonsense", ""]));
    }
}
