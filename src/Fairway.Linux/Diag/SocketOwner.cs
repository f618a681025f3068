using System.Globalization;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Diag;

/// <summary>A process that has a socket open.</summary>
/// <param name="ProcessId">Its number.</param>
/// <param name="Name">Its name, at most 15 bytes (/proc/PID/comm); empty if it ended meanwhile.</param>
public sealed record SocketOwner(int ProcessId, string Name)
{
    /// <summary>Finds the process that has a socket open, by looking through /proc: some milliseconds, more on hosts with many open files.</summary>
    /// <param name="inode">The socket's inode number.</param>
    /// <returns>The process with the lowest number, or null if it cannot be seen from here, as in another container.</returns>
    public static SocketOwner? Find(uint inode) => Find([inode]).GetValueOrDefault(inode);

    /// <summary>Finds the processes that have sockets open, going through /proc once.</summary>
    /// <param name="inodes">The sockets' inode numbers.</param>
    /// <returns>The process with the lowest number for each inode; those that cannot be seen are missing.</returns>
    public static IReadOnlyDictionary<uint, SocketOwner> Find(IReadOnlyCollection<uint> inodes)
    {
        ArgumentNullException.ThrowIfNull(inodes);
        var wanted = new HashSet<uint>(inodes);
        wanted.Remove(0);
        var owners = new Dictionary<uint, SocketOwner>();
        foreach (int processId in ProcessIds())
        {
            if (wanted.Count == 0)
                break;
            foreach (uint inode in OpenSockets(processId))
            {
                if (wanted.Remove(inode))
                    owners.Add(inode, new SocketOwner(processId, NameOf(processId)));
            }
        }
        return owners;
    }

    private static int[] ProcessIds()
    {
        int[] ids = [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0)];
        Array.Sort(ids);
        return ids;
    }

    /// <summary>Inode numbers of a process's sockets; none if it ended or may not be looked into.</summary>
    private static List<uint> OpenSockets(int processId)
    {
        var inodes = new List<uint>();
        try
        {
            foreach (string path in Directory.EnumerateFiles($"/proc/{processId}/fd"))
            {
                if (SocketInode(path) is { } inode)
                    inodes.Add(inode);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // ended meanwhile, or another user's
        }
        return inodes;
    }

    /// <summary>A socket's descriptor is a link to <c>socket:[INODE]</c>.</summary>
    private static unsafe uint? SocketInode(string path)
    {
        Span<byte> target = stackalloc byte[64];
        nint length;
        fixed (byte* bytes = target)
            length = Libc.readlink(path, bytes, (nuint)target.Length);
        if (length <= 0)
            return null;
        target = target[..(int)length];
        return target.StartsWith("socket:["u8) && uint.TryParse(target[8..^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint inode) ? inode : null;
    }

    private static string NameOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm", Encoding.UTF8).TrimEnd('\n');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
