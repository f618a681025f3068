using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Processes;

namespace Fairway.Linux.Tests.Bpf;

public sealed class MissingLibbpfTests
{
    [Fact]
    public void Version_OfTheInstalledLibrary_IsOne() => Assert.StartsWith("v1.", LibbpfLog.Version, StringComparison.Ordinal);

    [Fact]
    public void Open_WithoutTheLibrary_IsOneClearSentence()
    {
        _ = LibbpfLog.Version;
        string library = File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]).First(path => path.Contains("/libbpf.so", StringComparison.Ordinal));

        // A child for which the library is an empty file.
        var result = ReplacedProcess.Run("-", library, "", Environment.ProcessPath!, LibbpfProbe.Marker);

        Assert.Equal(
            (3, "load library 'libbpf.so.1': Can not access a needed shared library (ELIBACC): "
                + "install libbpf 1.x (package libbpf1 on Debian and Ubuntu, libbpf on Fedora and RHEL)"),
            (result.ExitCode, result.Output));
    }

    [Fact]
    public void Listener_WhileLoadingGarbage_HearsTheWarning()
    {
        var heard = new List<string>();
        LibbpfLog.Listener = (level, text) =>
        {
            if (level == 0)
                heard.Add(text);
        };
        try
        {
            Assert.Throws<LinuxException>(() => BpfObject.Open(new byte[64], "garbage"));
        }
        finally
        {
            LibbpfLog.Listener = null;
        }
        Assert.Contains(heard, text => text.Contains("garbage", StringComparison.Ordinal));
    }
}
