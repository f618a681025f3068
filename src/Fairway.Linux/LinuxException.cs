using System.Runtime.InteropServices;

namespace Fairway.Linux;

/// <summary>
/// The kernel refused an operation. The message reads <c>operation 'target': text (ERRNO)</c>, followed by the kernel's own
/// explanation when it gave one: <c>add route '10.1.0.0/16 via 10.0.0.1': Network is unreachable (ENETUNREACH): Nexthop has invalid gateway</c>.
/// </summary>
public sealed class LinuxException : Exception
{
    /// <summary>Describes a refused operation.</summary>
    /// <param name="errno">The kernel's error number, positive.</param>
    /// <param name="operation">What was tried, as a verb and a noun: <c>create link</c>.</param>
    /// <param name="target">The object it was tried on; empty when there is none.</param>
    /// <param name="extendedAck">The kernel's explanation (NLMSGERR_ATTR_MSG), when it gave one.</param>
    /// <param name="innerException">The failure underneath, if any.</param>
    public LinuxException(Errno errno, string operation, string target = "", string? extendedAck = null, Exception? innerException = null)
        : base(Describe(errno, operation, target, extendedAck), innerException)
    {
        Errno = errno;
        Operation = operation;
        Target = target;
        ExtendedAck = extendedAck;
    }

    /// <summary>The kernel's error number.</summary>
    public Errno Errno { get; }

    /// <summary>What was tried: <c>create link</c>.</summary>
    public string Operation { get; }

    /// <summary>The object it was tried on; empty when there is none.</summary>
    public string Target { get; }

    /// <summary>The kernel's explanation (<c>linux/netlink.h</c>, NLMSGERR_ATTR_MSG), or null when it gave none.</summary>
    public string? ExtendedAck { get; }

    /// <summary>What the BPF verifier or libbpf wrote, whole and of many lines, where they refused a program; else null.</summary>
    public string? Log { get; init; }

    /// <summary>The exception for the system call that has just failed on this thread.</summary>
    /// <param name="operation">What was tried.</param>
    /// <param name="target">The object it was tried on.</param>
    /// <returns>The exception, to be thrown by the caller.</returns>
    public static LinuxException FromLastError(string operation, string target = "")
        => new((Errno)Marshal.GetLastPInvokeError(), operation, target);

    private static string Describe(Errno errno, string operation, string target, string? extendedAck)
    {
        string subject = target.Length == 0 ? operation : $"{operation} '{target}'";
        string name = Enum.IsDefined(errno) ? errno.ToString() : $"errno {(int)errno}";
        string text = $"{subject}: {Marshal.GetPInvokeErrorMessage((int)errno)} ({name})";
        return string.IsNullOrEmpty(extendedAck) ? text : $"{text}: {extendedAck}";
    }
}
