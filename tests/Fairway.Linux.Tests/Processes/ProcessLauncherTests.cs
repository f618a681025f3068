using Fairway.Linux.Namespaces;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Processes;

public sealed class ProcessLauncherTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _here.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void Replace_ProgramInANamespace_RunsThereUnderTheSameProcessId()
    {
        var result = ReplacedProcess.Run(_here.Name, "-", "-", "sh", "-c", "echo $$; readlink /proc/self/ns/net; exit 7");

        Assert.Equal((7, $"{result.ProcessId}\nnet:[{_here.Namespace.Inode}]"), (result.ExitCode, result.Output));
    }

    [Fact]
    public void Replace_FileCovered_ProgramSeesItAndNobodyElse()
    {
        File.WriteAllText(_file, "old");

        var result = ReplacedProcess.Run(_here.Name, _file, "nameserver 10.0.0.1\n", "cat", _file);

        Assert.Equal((0, "nameserver 10.0.0.1"), (result.ExitCode, result.Output));
        Assert.Equal("old", File.ReadAllText(_file));
        Assert.DoesNotContain(_file, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_LinkCovered_ItsTargetIs()
    {
        string link = _file + ".link";
        File.CreateSymbolicLink(link, _file);
        try
        {
            Assert.Equal("new", ReplacedProcess.Run("-", link, "new", "cat", _file).Output);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Fact]
    public void Replace_BrokenPipe_EndsTheProgramAsUsual()
        => Assert.Equal("13", ReplacedProcess.Run("-", "-", "-", "bash", "-c", "yes | head -1 >/dev/null; echo $((${PIPESTATUS[0]} - 128))").Output);

    [Fact]
    public void Replace_NoSuchProgram_SaysSoAndIsBackHome()
    {
        var result = ReplacedProcess.Run(_here.Name, "-", "-", "fwt-no-such-program");

        using NetworkNamespace home = NetworkNamespace.OpenCurrent();
        Assert.Equal((3, $"run program 'fwt-no-such-program': No such file or directory (ENOENT)\n{home.Inode}"), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Replace_FileToCoverDoesNotExist_AppearsInsideOnly(bool dangling)
    {
        string directory = Directory.CreateTempSubdirectory("fwt").FullName;
        string path = Path.Combine(directory, "resolv.conf");
        try
        {
            File.WriteAllText(Path.Combine(directory, "hosts"), "other");
            if (dangling)
                File.CreateSymbolicLink(path, "/run/fwt-nowhere/resolv.conf");

            var result = ReplacedProcess.Run("-", path, "new", "sh", "-c", $"cat {path} {directory}/hosts; touch {directory}/lost 2>/dev/null || echo ' kept'");

            Assert.Equal((0, "newother kept"), (result.ExitCode, result.Output));
            // What is there afterwards is what was there before; a link that leads nowhere counts as existing.
            Assert.Equal((dangling, dangling ? "/run/fwt-nowhere/resolv.conf" : null), (File.Exists(path), new FileInfo(path).LinkTarget));
            Assert.DoesNotContain(directory, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Replace_NoDirectoryForTheFile_SaysWhich()
    {
        var result = ReplacedProcess.Run("-", "/nonexistent/resolv.conf", "x", "true");

        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("give content to '/nonexistent/resolv.conf': No such file or directory (ENOENT)", result.Output, StringComparison.Ordinal);
    }
}
