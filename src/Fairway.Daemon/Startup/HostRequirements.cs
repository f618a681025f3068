using System.Runtime.InteropServices;
using Fairway.Model.Errors;

namespace Fairway.Daemon.Startup;

/// <summary>What must be there before anything is touched, each with one sentence when it is not.</summary>
internal static class HostRequirements
{
    /// <summary>The oldest kernel the switch is tested on.</summary>
    private static readonly Version s_kernel = new(6, 1);

    private const string TypeInformation = "/sys/kernel/btf/vmlinux";

    private const string BpfLibrary = "libbpf.so.1";

    public static void Check()
    {
        if (!Environment.IsPrivilegedProcess)
            throw Missing("start fairwayd: an ordinary user may not make network namespaces and load eBPF programs; run it as root");
        if (Environment.OSVersion.Version < s_kernel)
            throw Missing($"start fairwayd: the kernel is {Environment.OSVersion.Version} and Linux {s_kernel} or newer is needed; boot a newer one");
        if (!File.Exists(TypeInformation))
            throw Missing($"start fairwayd: the kernel has no type information ('{TypeInformation}' is missing); boot one with CONFIG_DEBUG_INFO_BTF, such as the distribution's own");
        if (!NativeLibrary.TryLoad(BpfLibrary, out _))
            throw Missing($"start fairwayd: '{BpfLibrary}' is not installed; install libbpf1 (Debian, Ubuntu) or libbpf (Fedora)");
    }

    private static FairwayException Missing(string sentence) => new(ErrorKind.Unsupported, "fairwayd", sentence);
}
