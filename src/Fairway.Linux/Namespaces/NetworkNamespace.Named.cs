using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Namespaces;

public sealed partial class NetworkNamespace
{
    private const string NamedDirectory = "/run/netns";

    /// <summary>The path of a named namespace, whether it exists or not.</summary>
    /// <param name="name">A file name of at most 255 bytes.</param>
    /// <returns><c>/run/netns/NAME</c>.</returns>
    /// <exception cref="ArgumentException">The name is empty, too long, or more than a file name.</exception>
    public static string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is "." or ".." || name.Contains('/') || name.Contains('\0') || Encoding.UTF8.GetByteCount(name) > 255)
            throw new ArgumentException($"namespace name '{name}' is not a file name of at most 255 bytes", nameof(name));
        return $"{NamedDirectory}/{name}";
    }

    /// <summary>Opens a namespace made by <see cref="Create"/> or <c>ip netns add</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="LinuxException">There is none of that name (ENOENT).</exception>
    public static NetworkNamespace OpenNamed(string name) => OpenPath(PathOf(name));

    /// <summary>The names of all named namespaces, sorted. A name may stand for nothing if its mount has gone.</summary>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> ListNamed()
    {
        if (!Directory.Exists(NamedDirectory))
            return [];
        string[] names = [.. Directory.EnumerateFiles(NamedDirectory).Select(path => Path.GetFileName(path))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>
    /// Makes a namespace and gives it a name, visible to <c>ip netns</c>. Its loopback interface is down
    /// (see <see cref="SetLoopbackUp"/>).
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <returns>The namespace; disposing of it leaves the name.</returns>
    /// <exception cref="LinuxException">The name is taken (EEXIST), or namespaces may not be made (EPERM).</exception>
    public static NetworkNamespace Create(string name)
    {
        string path = PathOf(name);
        PrepareDirectory();
        SafeFileDescriptor.Open(path, fcntl.O_RDONLY | fcntl.O_CREAT | fcntl.O_EXCL, "create namespace").Dispose();
        try
        {
            NamespaceThread.Instance.Run(null, path, () =>
            {
                if (Libc.mount("/proc/thread-self/ns/net", path, "none", sys_mount.MS_BIND, null) != 0)
                    throw LinuxException.FromLastError("create namespace", path);
            });
            return OpenPath(path);
        }
        catch
        {
            _ = Delete(name);
            throw;
        }
    }

    /// <summary>Makes a namespace without a name; it is gone when the object is disposed of and nothing else uses it.</summary>
    /// <returns>The namespace.</returns>
    /// <exception cref="LinuxException">Namespaces may not be made (EPERM).</exception>
    public static NetworkNamespace CreateAnonymous()
    {
        SafeFileDescriptor? fd = null;
        NamespaceThread.Instance.Run(null, "new", () =>
            fd = SafeFileDescriptor.Open("/proc/thread-self/ns/net", fcntl.O_RDONLY, "open namespace"));
        return new NetworkNamespace(fd!, "new");
    }

    /// <summary>Takes a namespace's name away. The namespace itself ends with its last user.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False if there was no such name.</returns>
    /// <exception cref="LinuxException">The name cannot be removed (EPERM, EBUSY).</exception>
    public static bool Delete(string name)
    {
        string path = PathOf(name);
        // EINVAL: not a mount point, as after a crash between making the file and mounting on it.
        if (Libc.umount2(path, sys_mount.MNT_DETACH) != 0 && (Errno)Marshal.GetLastPInvokeError() is not (Errno.EINVAL or Errno.ENOENT))
            throw LinuxException.FromLastError("delete namespace", path);
        if (Libc.unlink(path) == 0)
            return true;
        return (Errno)Marshal.GetLastPInvokeError() == Errno.ENOENT ? false : throw LinuxException.FromLastError("delete namespace", path);
    }

    /// <summary>
    /// The directory must be a shared mount: a name made or deleted here must be so in every mount namespace that was cloned from this one, or a
    /// service with a private /tmp would keep deleted namespaces alive. A lock keeps two processes from mounting it twice.
    /// </summary>
    private static void PrepareDirectory()
    {
        Directory.CreateDirectory(NamedDirectory);
        using SafeFileDescriptor gate = SafeFileDescriptor.Open(NamedDirectory, fcntl.O_RDONLY);
        if (Libc.flock(gate, sys_file.LOCK_EX) != 0)
            throw LinuxException.FromLastError("lock", NamedDirectory);
        if (Libc.mount("", NamedDirectory, "none", sys_mount.MS_SHARED | sys_mount.MS_REC, null) == 0)
            return;
        if ((Errno)Marshal.GetLastPInvokeError() != Errno.EINVAL)
            throw LinuxException.FromLastError("share mount", NamedDirectory);
        if (Libc.mount(NamedDirectory, NamedDirectory, "none", sys_mount.MS_BIND | sys_mount.MS_REC, null) != 0)
            throw LinuxException.FromLastError("bind mount", NamedDirectory);
        if (Libc.mount("", NamedDirectory, "none", sys_mount.MS_SHARED | sys_mount.MS_REC, null) != 0)
            throw LinuxException.FromLastError("share mount", NamedDirectory);
    }
}
