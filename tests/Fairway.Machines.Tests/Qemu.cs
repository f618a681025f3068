using System.Diagnostics;

namespace Fairway.Machines.Tests;

/// <summary>
/// A virtual machine. Hardware virtualisation is used only where a guest boots on it and powers off within five seconds: nested guests hang on
/// some hosts.
/// </summary>
internal sealed class Qemu : IAsyncDisposable
{
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);

    private readonly Process _process;
    private readonly string _console;
    private readonly string _results;
    private readonly Task<string> _errors;

    private Qemu(Process process, string console, string results)
    {
        _process = process;
        _console = console;
        _results = results;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the guest wrote to its first serial port.</summary>
    public string Console => File.Exists(_console) ? File.ReadAllText(_console) : "";

    /// <summary>What each check said, by name.</summary>
    public IReadOnlyDictionary<string, string> Results => File.Exists(_results)
        ? File.ReadAllLines(_results).Select(line => line.TrimEnd('\r').Split('|', 2)).Where(fields => fields.Length == 2)
            .GroupBy(fields => fields[0]).ToDictionary(group => group.Key, group => group.Last()[1])
        : new Dictionary<string, string>();

    /// <summary>Boots a guest.</summary>
    /// <param name="space">Path of the namespace its hypervisor runs in.</param>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="image">Its file system.</param>
    /// <param name="work">A folder for its serial ports.</param>
    /// <param name="nics">Options of its NICs.</param>
    public static async Task<Qemu> BootAsync(string space, KernelPackage kernel, string image, string work, IEnumerable<string> nics)
    {
        string[] accelerator = await HasHardwareAsync(space, kernel, image, work) ? s_hardware : s_software;
        return Start(space, kernel, image, Path.Combine(work, "guest"), accelerator, "", nics);
    }

    /// <summary>Waits until the guest reports something; throws when it never will.</summary>
    public async Task WaitForAsync(string name)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Results.ContainsKey(name))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"the machine ended: {await _errors}; its console: {Tail(Console)}");
            if (Stopwatch.GetElapsedTime(start) > s_limit)
                throw new TimeoutException($"the guest does not report '{name}'; it reported {string.Join(", ", Results)}; its console ends: {Tail(Console)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static readonly string[] s_hardware = ["-accel", "kvm", "-cpu", "host"];

    private static readonly string[] s_software = ["-accel", "tcg,thread=multi", "-cpu", "max"];

    private static async Task<bool> HasHardwareAsync(string space, KernelPackage kernel, string image, string work)
    {
        if (!File.Exists("/dev/kvm"))
            return false;
        await using Qemu probe = Start(space, kernel, image, Path.Combine(work, "probe"), s_hardware, "probe", []);
        using var patience = new CancellationTokenSource(s_probe);
        try
        {
            await probe._process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        return probe.Results.ContainsKey("probe");
    }

    private static Qemu Start(string space, KernelPackage kernel, string image, string name, string[] accelerator, string word, IEnumerable<string> nics)
    {
        Process process = Programs.Start(Programs.Inside(space,
        [
            "qemu-system-x86_64", .. accelerator, "-smp", "1", "-m", "256", "-nodefaults", "-nographic", "-no-reboot",
            "-kernel", kernel.Image, "-initrd", image, "-append", $"console=ttyS0 quiet panic=-1 mitigations=off {word}",
            "-serial", $"file:{name}.console", "-serial", $"file:{name}.results", .. nics,
        ]));
        return new Qemu(process, $"{name}.console", $"{name}.results");
    }

    private static string Tail(string text) => text.Length <= 2000 ? text : text[^2000..];
}
