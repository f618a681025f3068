using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>bpffs: where maps, programs and links are pinned.</summary>
public static unsafe class BpfFileSystem
{
    /// <summary>Whether a path lies in a bpf file system.</summary>
    /// <param name="path">An existing path.</param>
    /// <returns>True if it does; false if not, or if nothing is there.</returns>
    /// <exception cref="LinuxException">The path cannot be looked at (EACCES).</exception>
    public static bool Contains(string path)
    {
        statfs about;
        if (Libc.statfs(path, &about) == 0)
            return (uint)about.f_type == linux_magic.BPF_FS_MAGIC;
        return (Errno)Marshal.GetLastPInvokeError() is Errno.ENOENT or Errno.ENOTDIR ? false : throw LinuxException.FromLastError("look at file system of", path);
    }

    /// <summary>Mounts a bpf file system unless the path lies in one. Several processes may do so at the same time.</summary>
    /// <param name="path">An existing directory: <c>/sys/fs/bpf</c>.</param>
    /// <returns>Whether it was mounted now.</returns>
    /// <exception cref="LinuxException">The directory does not exist (ENOENT), mounting is not allowed (EPERM), or the kernel has no bpffs (ENODEV).</exception>
    public static bool Mount(string path)
    {
        if (Contains(path))
            return false;
        using SafeFileDescriptor gate = SafeFileDescriptor.Open(path, fcntl.O_RDONLY, "mount bpf file system at");
        if (Libc.flock(gate, sys_file.LOCK_EX) != 0)
            throw LinuxException.FromLastError("lock", path);
        if (Contains(path))
            return false;
        return Libc.mount("bpf", path, "bpf", sys_mount.MS_NOSUID | sys_mount.MS_NODEV | sys_mount.MS_NOEXEC, "mode=0700") == 0
            ? true
            : throw LinuxException.FromLastError("mount bpf file system at", path);
    }

    /// <summary>Takes a mount made by <see cref="Mount"/> away, with all pins in it.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="LinuxException">Nothing is mounted there (EINVAL), or not allowed (EPERM).</exception>
    public static void Unmount(string path)
    {
        if (Libc.umount2(path, sys_mount.MNT_DETACH) != 0)
            throw LinuxException.FromLastError("unmount bpf file system at", path);
    }

    /// <summary>Removes a pin. The object lives on while something else holds it.</summary>
    /// <param name="path">The pin.</param>
    /// <returns>False if there was none.</returns>
    /// <exception cref="LinuxException">It cannot be removed (EACCES, EISDIR).</exception>
    public static bool Unpin(string path)
    {
        if (Libc.unlink(path) == 0)
            return true;
        return (Errno)Marshal.GetLastPInvokeError() == Errno.ENOENT ? false : throw LinuxException.FromLastError("unpin", path);
    }
}
