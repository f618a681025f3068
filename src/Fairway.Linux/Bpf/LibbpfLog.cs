using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// What libbpf prints. It has one outlet per process; this one collects the warnings of the running call, for its error, and hands everything to
/// <see cref="Listener"/>. Off by default.
/// </summary>
public static unsafe class LibbpfLog
{
    private static readonly Lazy<string> s_version = new(Load);

    [ThreadStatic]
    private static StringBuilder? t_warnings;

    /// <summary>Receives each text with its level: 0 warning, 1 information, 2 debugging. Called on the thread that called libbpf; must not throw.</summary>
    public static Action<int, string>? Listener { get; set; }

    /// <summary>Version of the library, as in <c>v1.1</c>.</summary>
    /// <exception cref="LinuxException">The library is not installed (ELIBACC).</exception>
    public static string Version => s_version.Value;

    /// <summary>Loads the library, or says what to install.</summary>
    internal static void EnsureLoaded() => _ = s_version.Value;

    /// <summary>Runs a call to libbpf and collects what it warned of on the way.</summary>
    internal static T Collect<T>(Func<T> call, out string warnings)
    {
        var collected = new StringBuilder();
        t_warnings = collected;
        try
        {
            return call();
        }
        finally
        {
            t_warnings = null;
            warnings = collected.ToString();
        }
    }

    private static string Load()
    {
        if (!NativeLibrary.TryLoad(Libbpf.Library, typeof(Libbpf).Assembly, null, out _))
        {
            throw new LinuxException(Errno.ELIBACC, "load library", Libbpf.Library, "install libbpf 1.x (package libbpf1 on Debian and Ubuntu, libbpf on Fedora and RHEL)");
        }
        Libbpf.libbpf_set_print(&Print);
        return Marshal.PtrToStringUTF8((nint)Libbpf.libbpf_version_string()) ?? "";
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Print(int level, byte* format, nint arguments)
    {
        if (level != bpf_libbpf.LIBBPF_WARN && Listener is null)
            return 0;
        byte* text = null;
        if (Libc.vasprintf(&text, format, arguments) < 0)
            return 0;
        string line = Marshal.PtrToStringUTF8((nint)text) ?? "";
        Libc.free(text);
        if (level == bpf_libbpf.LIBBPF_WARN)
            t_warnings?.Append(line);
        Listener?.Invoke(level, line);
        return line.Length;
    }
}
