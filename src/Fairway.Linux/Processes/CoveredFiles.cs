using Fairway.Linux.Interop;

namespace Fairway.Linux.Processes;

/// <summary>Gives the calling thread a mount namespace of its own in which some files have another content.</summary>
internal static class CoveredFiles
{
    private const uint ReadableByAll = 0x1A4; // rw-r--r--

    /// <summary>Enters a new mount namespace and covers the files there.</summary>
    /// <param name="files">Content by path.</param>
    public static void Enter(IReadOnlyDictionary<string, string> files)
    {
        if (Libc.unshare(linux_sched.CLONE_NEWNS) != 0)
            throw LinuxException.FromLastError("create mount namespace");
        // What is mounted here must not show outside; what is unmounted outside must not be kept alive here.
        if (Libc.mount("none", "/", null, sys_mount.MS_SLAVE | sys_mount.MS_REC, null) != 0)
            throw LinuxException.FromLastError("separate mounts from those of the host");
        foreach ((string path, string content) in files)
            Cover(path, content);
    }

    /// <summary>The mount keeps the file's content; its name is only needed for the mounting.</summary>
    private static void Cover(string path, string content)
    {
        string source = $"/run/.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(source, content);
            if (Libc.chmod(source, ReadableByAll) != 0 || Libc.mount(source, path, null, sys_mount.MS_BIND, null) != 0)
                throw LinuxException.FromLastError("give another content to", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LinuxException(Errno.EIO, "write content for", path, e.Message, e);
        }
        finally
        {
            File.Delete(source);
        }
    }
}
