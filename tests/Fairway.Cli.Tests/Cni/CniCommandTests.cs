using System.Text.Json;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;

namespace Fairway.Cli.Tests.Cni;

/// <summary>What <c>fairway cni</c> installs, and that it takes away that and nothing else.</summary>
public sealed class CniCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fairway-cni-").FullName;
    private readonly string _program = Path.Combine(AppContext.BaseDirectory, "fairway-cni");
    private readonly bool _madeProgram;

    public CniCommandTests()
    {
        // Beside the command, where a build puts it.
        _madeProgram = !File.Exists(_program);
        if (_madeProgram)
            File.Copy("/bin/true", _program);
    }

    private string Plugin => Path.Combine(_root, "bin/fairway-cni");

    private string List => Path.Combine(_root, "net.d/10-fairway.conflist");

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        if (_madeProgram)
            File.Delete(_program);
    }

    [Fact]
    public async Task Install_PutsThePluginAndAListInPlace()
    {
        Assert.Equal($"put the plugin at '{Plugin}'\nwrote '{List}'\n", (await RunAsync("install")).Succeeded());

        Assert.Equal(Mode(_program), Mode(Plugin));
        Assert.Equal(await File.ReadAllBytesAsync(_program, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Plugin, TestContext.Current.CancellationToken));
        var plugin = Configuration().GetProperty("plugins")[0];
        Assert.Equal("fairway-cni", plugin.GetProperty("type").GetString());
        Assert.False(plugin.TryGetProperty("socket", out _));
        Assert.Equal(2, Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Install_OfAnotherInstance_NamesItsSocket()
    {
        (await RunAsync("install", "--instance", "test")).Succeeded();

        Assert.Equal("/run/test/fairway.sock", Configuration().GetProperty("plugins")[0].GetProperty("socket").GetString());
    }

    [Fact]
    public async Task Install_Again_LeavesAnEditedListAsItIs()
    {
        (await RunAsync("install")).Succeeded();
        var edited = (await File.ReadAllTextAsync(List, TestContext.Current.CancellationToken)).Replace("1.0.0", "0.4.0", StringComparison.Ordinal);
        await File.WriteAllTextAsync(List, edited, TestContext.Current.CancellationToken);

        Assert.Contains($"left '{List}' as it was", (await RunAsync("install")).Succeeded(), StringComparison.Ordinal);

        Assert.Equal(edited, await File.ReadAllTextAsync(List, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Install_BehindAnotherList_NamesTheOneThatIsUsed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(List)!);
        var other = Path.Combine(_root, "net.d/05-other.conflist");
        await File.WriteAllTextAsync(other, "{}", TestContext.Current.CancellationToken);

        Assert.Contains($"runtimes use '{other}'", (await RunAsync("install")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_OverSomebodyElsesList_IsRefused_AndChangesNothing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(List)!);
        await File.WriteAllTextAsync(List, "{}", TestContext.Current.CancellationToken);

        var run = await RunAsync("install");

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Contains(List, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Plugin));
    }

    [Fact]
    public async Task Install_WithANetwork_WritesAListThatJoinsIt()
    {
        (await RunAsync("install", "--network", "shared")).Succeeded();
        Assert.Contains("\"network\": \"shared\",", File.ReadAllText(List), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstall_LeavesNoFile_AndMayBeAskedAgain()
    {
        (await RunAsync("install")).Succeeded();
        var kept = Path.Combine(_root, "bin/bridge");
        await File.WriteAllTextAsync(kept, "", TestContext.Current.CancellationToken);

        Assert.Equal($"took '{List}' away\ntook '{Plugin}' away\n", (await RunAsync("uninstall")).Succeeded());

        Assert.Equal([kept], Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
        Assert.StartsWith("there was nothing to take away", (await RunAsync("uninstall")).Succeeded(), StringComparison.Ordinal);
    }

    private static string Mode(string path) => new FileInfo(path).UnixFileMode.ToString();

    private JsonElement Configuration() => JsonDocument.Parse(File.ReadAllText(List)).RootElement;

    private Task<CommandRun> RunAsync(params string[] words) =>
        CommandRun.WithoutDaemonAsync(["cni", .. words, "--bin-dir", Path.Combine(_root, "bin"), "--conf-dir", Path.Combine(_root, "net.d")]);
}
