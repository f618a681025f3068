using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;

namespace Fairway.Cli.Tests.Podman;

/// <summary>What <c>fairway podman</c> writes, and that it takes away that and nothing else.</summary>
public sealed class PodmanCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fairway-podman-").FullName;
    private readonly string _program = Path.Combine(AppContext.BaseDirectory, "fairway-netavark");
    private readonly bool _madeProgram;

    public PodmanCommandTests()
    {
        // Beside the command, where a build puts it.
        _madeProgram = !File.Exists(_program);
        if (_madeProgram)
            File.WriteAllText(_program, "");
    }

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        if (_madeProgram)
            File.Delete(_program);
    }

    [Fact]
    public async Task Install_WritesADropIn_AndLinksTheHelpers()
    {
        var told = (await RunAsync("install")).Succeeded();
        Assert.Equal($"wrote '{DropIn}': Podman's containers are connected by Fairway from their next start on\n", told);
        var text = await File.ReadAllTextAsync(DropIn, TestContext.Current.CancellationToken);
        Assert.Contains($"helper_binaries_dir = [\"{_root}/helpers\", \"/usr/local/libexec/podman\"", text, StringComparison.Ordinal);
        Assert.Contains("network_backend = \"netavark\"", text, StringComparison.Ordinal);
        Assert.Contains("enable_port_reservation = false", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIRWAY_SOCKET", text, StringComparison.Ordinal);
        Assert.Equal(_program, new FileInfo(Path.Combine(_root, "helpers/netavark")).LinkTarget);
        Assert.Equal(_program, new FileInfo(Path.Combine(_root, "helpers/aardvark-dns")).LinkTarget);
    }

    [Fact]
    public async Task Install_OfAnotherInstance_NamesItsSocket()
    {
        (await RunAsync("install", "--instance", "test")).Succeeded();
        Assert.Contains("env = [\"FAIRWAY_SOCKET=/run/test/fairway.sock\"]", await File.ReadAllTextAsync(DropIn, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_Twice_IsInstall_AndUninstallLeavesNothing()
    {
        (await RunAsync("install")).Succeeded();
        (await RunAsync("install")).Succeeded();
        (await RunAsync("install", "--driver-only")).Succeeded();
        Assert.Equal("Podman uses its own netavark again\n", (await RunAsync("uninstall")).Succeeded());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
        Assert.StartsWith("there was nothing to take back", (await RunAsync("uninstall")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DriverOnly_LeavesPodmansNetavarkAlone()
    {
        (await RunAsync("install", "--driver-only")).Succeeded();
        Assert.Equal([Path.Combine(_root, "plugins/fairway")], Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("containers.conf")]
    [InlineData("containers.conf.d/99-mine.conf")]
    public async Task ConfigurationThatSetsHelpers_IsNotOverruled(string file)
    {
        var other = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        await File.WriteAllTextAsync(other, "[engine]\n  helper_binaries_dir = [\"/opt\"]\n", TestContext.Current.CancellationToken);
        Assert.Contains($"'{other}' sets helper_binaries_dir itself", (await RunAsync("install")).Failed(ExitCode.Conflict), StringComparison.Ordinal);
        await File.WriteAllTextAsync(other, "# helper_binaries_dir = [\"/opt\"]\n", TestContext.Current.CancellationToken);
        (await RunAsync("install")).Succeeded();
        (await RunAsync("uninstall")).Succeeded();
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task FilesOfOthers_Stay()
    {
        Directory.CreateDirectory(Path.Combine(_root, "containers.conf.d"));
        await File.WriteAllTextAsync(DropIn, "[engine]\n", TestContext.Current.CancellationToken);
        Assert.Contains("was not written by this command", (await RunAsync("install")).Failed(ExitCode.Conflict), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_root, "helpers"));
        await File.WriteAllTextAsync(Path.Combine(_root, "helpers/netavark"), "a package's", TestContext.Current.CancellationToken);
        (await RunAsync("uninstall")).Succeeded();
        Assert.True(File.Exists(DropIn) && File.Exists(Path.Combine(_root, "helpers/netavark")));
    }

    private string DropIn => Path.Combine(_root, "containers.conf.d/fairway.conf");

    private Task<CommandRun> RunAsync(params string[] words) => CommandRun.WithoutDaemonAsync(
        ["podman", .. words, "--conf-dir", Path.Combine(_root, "containers.conf.d"), "--helper-dir", Path.Combine(_root, "helpers"), "--plugin-dir", Path.Combine(_root, "plugins")]);
}
