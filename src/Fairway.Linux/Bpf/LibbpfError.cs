using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>Turns an error of libbpf's into an exception: its own numbers begin at 4000, and the reason is in what it printed.</summary>
internal static unsafe class LibbpfError
{
    private const string LogBegin = "-- BEGIN PROG LOAD LOG --";
    private const string LogEnd = "-- END PROG LOAD LOG --";

    public static LinuxException From(int error, string operation, string target, string warnings)
        => new(ToErrno(error), operation, target, Reason(error, warnings)) { Log = warnings.Length == 0 ? null : warnings };

    public static void ThrowIfNegative(int result, string operation, string target)
    {
        if (result < 0)
            throw From(-result, operation, target, "");
    }

    /// <summary>The first thing libbpf complained about, and the verifier's last word if it was asked.</summary>
    internal static string? Reason(int error, string warnings)
    {
        string? first = warnings.Split('\n').Select(Clean).FirstOrDefault(line => line.Length > 0);
        if (first is null)
            return error >= bpf_libbpf.LIBBPF_ERRNO__LIBELF ? OwnText(error) : null;
        int begin = warnings.IndexOf(LogBegin, StringComparison.Ordinal);
        if (begin < 0)
            return first;
        begin += LogBegin.Length;
        int end = warnings.IndexOf(LogEnd, begin, StringComparison.Ordinal);
        string? verdict = VerifierLog.Reason(end < 0 ? warnings[begin..] : warnings[begin..end]);
        return verdict is null ? first : $"{first}: {verdict}";
    }

    private static string Clean(string line)
    {
        string text = line.Trim();
        return text.StartsWith("libbpf: ", StringComparison.Ordinal) ? text["libbpf: ".Length..] : text;
    }

    private static Errno ToErrno(int error) => error switch
    {
        bpf_libbpf.LIBBPF_ERRNO__LIBELF or bpf_libbpf.LIBBPF_ERRNO__FORMAT or bpf_libbpf.LIBBPF_ERRNO__ENDIAN => Errno.ENOEXEC,
        > bpf_libbpf.LIBBPF_ERRNO__LIBELF => Errno.EINVAL,
        _ => (Errno)error,
    };

    private static string? OwnText(int error)
    {
        byte* buffer = stackalloc byte[128];
        _ = Libbpf.libbpf_strerror(error, buffer, 128);
        return Marshal.PtrToStringUTF8((nint)buffer);
    }
}
