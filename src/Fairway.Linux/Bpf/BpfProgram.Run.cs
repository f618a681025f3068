using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

public sealed unsafe partial class BpfProgram
{
    /// <summary>Runs the program on given input, in the namespace of the calling thread.</summary>
    /// <param name="run">The input.</param>
    /// <returns>The output.</returns>
    /// <exception cref="LinuxException">
    /// The kind of program cannot be run (ENOTSUPP, EOPNOTSUPP), the packet is too short or too long (EINVAL), the link does not exist (ENODEV; EINVAL on older kernels),
    /// or the packet that came out has no room (ENOSPC).
    /// </exception>
    public BpfTestResult Run(BpfTestRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Repeat, 1);
        byte[] output = run.Packet.IsEmpty ? [] : GC.AllocateUninitializedArray<byte>(run.OutputSize);
        __sk_buff context = run.Context?.ToKernel() ?? default;
        __sk_buff left = default;
        bool hasContext = Type is BpfProgramType.Classifier or BpfProgramType.Action or BpfProgramType.CgroupPacket or BpfProgramType.SocketFilter;
        using var held = new HeldDescriptor(Descriptor);
        fixed (byte* packet = run.Packet.Span, result = output)
        {
            var attributes = new bpf_attr_test
            {
                prog_fd = held.Number,
                data_in = (ulong)packet,
                data_size_in = (uint)run.Packet.Length,
                data_out = (ulong)result,
                data_size_out = (uint)output.Length,
                repeat = (uint)run.Repeat,
                ctx_in = run.Context is null ? 0 : (ulong)(&context),
                ctx_size_in = run.Context is null ? 0 : (uint)Unsafe.SizeOf<__sk_buff>(),
                ctx_out = hasContext ? (ulong)(&left) : 0,
                ctx_size_out = hasContext ? (uint)Unsafe.SizeOf<__sk_buff>() : 0,
            };
            Execute(ref attributes);
            return new BpfTestResult(
                attributes.retval,
                output.AsMemory(0, (int)attributes.data_size_out),
                hasContext ? SkBuffContext.FromKernel(left) : null,
                TimeSpan.FromMicroseconds(attributes.duration / 1000.0));
        }
    }

    private void Execute(ref bpf_attr_test attributes)
    {
        while (Libc.bpf(linux_bpf.BPF_PROG_TEST_RUN, ref attributes) < 0)
        {
            Errno errno = (Errno)Marshal.GetLastPInvokeError();
            if (errno == Errno.ENOSPC)
                throw new LinuxException(errno, "run bpf program", Name, $"the packet that came out has {attributes.data_size_out} bytes");
            if (errno != Errno.EINTR)
                throw new LinuxException(errno, "run bpf program", Name);
        }
    }
}
