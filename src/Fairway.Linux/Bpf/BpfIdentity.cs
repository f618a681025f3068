using System.Runtime.CompilerServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>What bpf(2) does alike with maps, programs and links: open by path or id, pin, describe.</summary>
internal static unsafe class BpfIdentity
{
    public static SafeFileDescriptor OpenPinned(string path, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var attributes = new bpf_attr_obj { pathname = (ulong)name };
            SafeFileDescriptor fd = Own(Libc.bpf(linux_bpf.BPF_OBJ_GET, ref attributes), $"open pinned bpf {kind}", path);
            if (IsOfKind(fd, kind))
                return fd;
            fd.Dispose();
            throw new LinuxException(Errno.EINVAL, $"open pinned bpf {kind}", path, $"what is pinned there is not a {kind}");
        }
    }

    /// <summary>
    /// The kernel opens whatever is pinned, and describes a map in the words of a program. The descriptor's name tells: <c>anon_inode:bpf-map</c>,
    /// <c>bpf-prog</c>, <c>bpf_link</c>.
    /// </summary>
    private static bool IsOfKind(SafeFileDescriptor fd, string kind)
        => new FileInfo($"/proc/self/fd/{fd.Number}").LinkTarget?.Contains(kind == "program" ? "prog" : kind, StringComparison.Ordinal) == true;

    public static SafeFileDescriptor OpenId(int command, uint id, string kind)
    {
        var attributes = new bpf_attr_get_id { start_id = id };
        return Own(Libc.bpf(command, ref attributes), $"open bpf {kind} number", id.ToString());
    }

    public static void Pin(SafeFileDescriptor fd, string path, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var held = new HeldDescriptor(fd);
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var attributes = new bpf_attr_obj { pathname = (ulong)name, bpf_fd = held.Number };
            if (Libc.bpf(linux_bpf.BPF_OBJ_PIN, ref attributes) < 0)
                throw LinuxException.FromLastError($"pin bpf {kind} at", path);
        }
    }

    /// <summary>BPF_OBJ_GET_INFO_BY_FD; an older kernel leaves the end of the struct at zero.</summary>
    public static T Describe<T>(SafeFileDescriptor fd, string kind)
        where T : unmanaged
    {
        T result = default;
        Describe(fd, kind, ref result);
        return result;
    }

    /// <summary>The same, with what the caller set before: room for more.</summary>
    public static void Describe<T>(SafeFileDescriptor fd, string kind, ref T result)
        where T : unmanaged
    {
        using var held = new HeldDescriptor(fd);
        fixed (T* pointer = &result)
        {
            var attributes = new bpf_attr_info { bpf_fd = held.Number, info_len = (uint)Unsafe.SizeOf<T>(), info = (ulong)pointer };
            if (Libc.bpf(linux_bpf.BPF_OBJ_GET_INFO_BY_FD, ref attributes) < 0)
                throw LinuxException.FromLastError($"describe bpf {kind}");
        }
    }

    public static SafeFileDescriptor Own(int fd, string operation, string target)
        => fd >= 0 ? new SafeFileDescriptor(fd) : throw LinuxException.FromLastError(operation, target);

    /// <summary>A name in a field of 16 bytes (BPF_OBJ_NAME_LEN), zero-terminated.</summary>
    public static string ReadName(byte* field)
    {
        var bytes = new ReadOnlySpan<byte>(field, linux_bpf.BPF_OBJ_NAME_LEN);
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    public static void WriteName(byte* field, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        bytes.AsSpan(0, Math.Min(bytes.Length, linux_bpf.BPF_OBJ_NAME_LEN - 1)).CopyTo(new Span<byte>(field, linux_bpf.BPF_OBJ_NAME_LEN));
    }
}
