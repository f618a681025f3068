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
        {
            if (LeadsToAFile(path))
                Cover(path, content);
            else
                Add(path, content);
        }
    }

    /// <summary>To .NET a link that leads nowhere exists.</summary>
    private static bool LeadsToAFile(string path) => File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is not { Exists: false };

    /// <summary>
    /// A mount needs something to stand on. Where there is no such file, or a link that leads nowhere, its directory is covered by itself with
    /// the file laid over: an overlay of two lower layers, which nobody can write to, so that nothing written there is lost in silence.
    /// </summary>
    private static void Add(string path, string content)
    {
        string directory = Path.GetDirectoryName(path)!;
        string layer = $"/run/.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(layer);
            // In memory and detached at once: the overlay keeps it, no name of it stays.
            if (Libc.mount("none", layer, "tmpfs", 0, "mode=755") != 0)
                throw LinuxException.FromLastError("make room for", path);
            string file = Path.Combine(layer, Path.GetFileName(path));
            File.WriteAllText(file, content);
            bool laid = Libc.chmod(file, ReadableByAll) == 0 && Libc.mount("none", directory, "overlay", 0, $"lowerdir={layer}:{directory}") == 0;
            LinuxException? failure = laid ? null : LinuxException.FromLastError("give content to", path);
            _ = Libc.umount2(layer, sys_mount.MNT_DETACH);
            if (failure is not null)
                throw failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LinuxException(Errno.EIO, "write content for", path, e.Message, e);
        }
        finally
        {
            Directory.Delete(layer);
        }
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
