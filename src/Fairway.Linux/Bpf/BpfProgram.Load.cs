using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

public sealed unsafe partial class BpfProgram
{
    private const int LogSize = 64 * 1024;

    /// <summary>Loads a program from its instructions.</summary>
    /// <param name="spec">The program.</param>
    /// <returns>The program; it is gone with its last descriptor, pin and attachment.</returns>
    /// <exception cref="LinuxException">
    /// The verifier refused it (EACCES, EINVAL; <see cref="LinuxException.Log"/> says why), or programs may not be loaded (EPERM).
    /// </exception>
    public static BpfProgram Load(BpfProgramSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SafeFileDescriptor? fd = TryLoad(spec, default, out Errno errno);
        if (fd is not null)
            return new BpfProgram(fd);
        // Only a refused program is worth the log: it makes loading slower.
        byte[] log = ArrayPool<byte>.Shared.Rent(LogSize);
        log[0] = 0;
        fd = TryLoad(spec, log, out _);
        string text = Encoding.UTF8.GetString(log.AsSpan(0, Math.Max(0, log.AsSpan().IndexOf((byte)0))));
        ArrayPool<byte>.Shared.Return(log);
        return fd is not null
            ? new BpfProgram(fd)
            : throw new LinuxException(errno, "load bpf program", spec.Name, VerifierLog.Reason(text)) { Log = text };
    }

    private static SafeFileDescriptor? TryLoad(BpfProgramSpec spec, Span<byte> log, out Errno errno)
    {
        fixed (byte* instructions = spec.Instructions.Span, license = Encoding.UTF8.GetBytes(spec.License + '\0'), logBytes = log)
        {
            var attributes = new bpf_attr_prog_load
            {
                prog_type = (uint)spec.Type,
                insn_cnt = (uint)spec.Instructions.Length / 8,
                insns = (ulong)instructions,
                license = (ulong)license,
                log_level = log.IsEmpty ? 0u : 1u,
                log_size = (uint)log.Length,
                log_buf = (ulong)logBytes,
                expected_attach_type = (uint)(spec.ExpectedAttachType ?? 0),
            };
            BpfIdentity.WriteName(attributes.prog_name, spec.Name);
            return Retry(ref attributes, out errno);
        }
    }

    /// <summary>EAGAIN: the verifier was interrupted by a signal.</summary>
    private static SafeFileDescriptor? Retry(ref bpf_attr_prog_load attributes, out Errno errno)
    {
        int fd;
        do
        {
            fd = Libc.bpf(linux_bpf.BPF_PROG_LOAD, ref attributes);
            errno = fd >= 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
        }
        while (errno == Errno.EAGAIN);
        return fd >= 0 ? new SafeFileDescriptor(fd) : null;
    }
}
