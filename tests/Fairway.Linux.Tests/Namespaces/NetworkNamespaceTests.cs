using Fairway.Linux.Namespaces;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Namespaces;

public sealed class NetworkNamespaceTests : IDisposable
{
    private readonly TestNamespace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Create_Named_IsWhatIpNetnsSees()
    {
        using NetworkNamespace again = NetworkNamespace.OpenNamed(_here.Name);

        Assert.Equal((_here.Namespace.Inode, _here.Namespace.Cookie), (again.Inode, again.Cookie));
        Assert.Contains(_here.Name, NetworkNamespace.ListNamed());
        Assert.Equal($"net:[{again.Inode}]", _here.Exec("readlink", "/proc/self/ns/net").Trim());
        Assert.Contains(_here.Name, _here.Exec("ip", "netns", "list"), StringComparison.Ordinal);
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => NetworkNamespace.Create(_here.Name)).Errno);
    }

    [Fact]
    public void Delete_WhileHeld_TakesOnlyTheName()
    {
        using var other = new TestNamespace();
        ulong cookie = other.Namespace.Cookie;

        Assert.True(NetworkNamespace.Delete(other.Name));
        Assert.False(NetworkNamespace.Delete(other.Name));

        Assert.DoesNotContain(other.Name, NetworkNamespace.ListNamed());
        other.Namespace.SetLoopbackUp();
        Assert.True(other.Route.GetLink("lo").IsUp);
        using NetworkNamespace next = NetworkNamespace.CreateAnonymous();
        Assert.NotEqual(cookie, next.Cookie);
    }

    [Fact]
    public void Delete_FileWithoutAMount_IsRemoved()
    {
        string name = $"fwt-{Environment.ProcessId}-stray";
        File.WriteAllText(NetworkNamespace.PathOf(name), "");

        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => NetworkNamespace.OpenNamed(name)).Errno);
        Assert.True(NetworkNamespace.Delete(name));
        Assert.False(File.Exists(NetworkNamespace.PathOf(name)));
    }

    [Fact]
    public void Open_NotANamespace_SaysSo()
    {
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => NetworkNamespace.OpenPath("/run/netns/fwt-none")).Errno);
        var error = Assert.Throws<LinuxException>(() => NetworkNamespace.OpenPath("/proc/self/ns/mnt"));
        Assert.Equal("open namespace '/proc/self/ns/mnt': Invalid argument (EINVAL): the file is not a network namespace", error.Message);
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => NetworkNamespace.OpenProcess(int.MaxValue)).Errno);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Name_ThatIsNoFileName_IsRefused(string name) => Assert.ThrowsAny<ArgumentException>(() => NetworkNamespace.Create(name));

    [Fact]
    public void Name_TooLong_IsRefused() => Assert.Throws<ArgumentException>(() => NetworkNamespace.PathOf(new string('n', 256)));

    [Fact]
    public void Run_ActionThatThrows_PassesItOnAndComesHome()
    {
        Assert.Throws<FormatException>(() => _here.Namespace.Run(() => throw new FormatException()));
        Assert.Equal(_here.Namespace.Inode, _here.Namespace.Run(() => CurrentInode()));
        Assert.NotEqual(_here.Namespace.Inode, CurrentInode());
    }

    [Fact]
    public void Run_InsideAnother_IsRefusedRatherThanWaitedForForever()
        => Assert.Throws<InvalidOperationException>(() => _here.Namespace.Run(() => _here.Namespace.OpenSocket(2, 1, 0)));

    [Fact]
    public async Task Run_FromManyThreads_LeavesEveryThreadAtHome()
    {
        using var other = new TestNamespace();

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (i, _) =>
        {
            TestNamespace target = i % 2 == 0 ? _here : other;
            using SafeFileDescriptor socket = target.Namespace.OpenSocket(2, 2, 0);
            Assert.Equal(target.Namespace.Inode, target.Namespace.Run(() => CurrentInode()));
            return ValueTask.CompletedTask;
        });

        string home = new FileInfo("/proc/self/ns/net").LinkTarget!;
        string?[] threads = [.. Directory.EnumerateDirectories("/proc/self/task").Select(path => new FileInfo($"{path}/ns/net").LinkTarget)];
        Assert.All(threads.Where(target => target is not null), target => Assert.Equal(home, target));
    }

    private static ulong CurrentInode()
    {
        using NetworkNamespace current = NetworkNamespace.OpenCurrent();
        return current.Inode;
    }
}
