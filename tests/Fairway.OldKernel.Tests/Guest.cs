namespace Fairway.OldKernel.Tests;

/// <summary>
/// One boot of the old kernel shared by all tests: about ten seconds to power-off without hardware virtualisation, which is
/// not used even where present, because nested guests hang on some hosts.
/// </summary>
public sealed class Guest : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);
    private readonly string _work = Path.Combine(Path.GetTempPath(), $"fairway-oldkernel-{Environment.ProcessId}");

    /// <summary>What each check said, by name; empty where the archive has no such kernel.</summary>
    public IReadOnlyDictionary<string, string> Results { get; private set; } = new Dictionary<string, string>();

    public string Console { get; private set; } = "";

    public bool HasKernel { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var kernel = await KernelPackage.GetAsync();
        HasKernel = kernel is not null;
        if (kernel is null)
            return;
        var image = await new Initramfs(Directory.CreateDirectory(Path.Combine(_work, "root")).FullName, kernel).BuildAsync();
        await BootAsync(kernel, image);
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_work))
            Directory.Delete(_work, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task BootAsync(KernelPackage kernel, string image)
    {
        var console = Path.Combine(_work, "console");
        var results = Path.Combine(_work, "results");
        try
        {
            await Command.RunAsync("qemu-system-x86_64",
            [
                "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "2048", "-nodefaults", "-nographic", "-no-reboot",
                "-kernel", kernel.Image, "-initrd", image, "-append", "console=ttyS0 quiet panic=-1 mitigations=off",
                "-serial", $"file:{console}", "-serial", $"file:{results}",
            ], limit: s_limit);
        }
        finally
        {
            Console = File.Exists(console) ? await File.ReadAllTextAsync(console) : "";
            Results = File.Exists(results) ? Parse(await File.ReadAllLinesAsync(results)) : Results;
        }
    }

    private static Dictionary<string, string> Parse(IEnumerable<string> lines) =>
        lines.Select(line => line.TrimEnd('\r').Split('|', 2))
            .Where(fields => fields.Length == 2)
            .GroupBy(fields => fields[0])
            .ToDictionary(group => group.Key, group => group.Last()[1]);
}
