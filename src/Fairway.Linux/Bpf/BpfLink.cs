using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// An attachment of a program (<c>bpf_link</c>), held by a descriptor. It ends with its last descriptor and pin; pinned, it outlives the process.
/// </summary>
public sealed class BpfLink : IDisposable
{
    private BpfLink(SafeFileDescriptor fd) => Descriptor = fd;

    /// <summary>The descriptor.</summary>
    public SafeFileDescriptor Descriptor { get; }

    /// <summary>The kernel's number for the link.</summary>
    public uint Id => Describe().id;

    /// <summary>Number of the program attached now.</summary>
    public uint ProgramId => Describe().prog_id;

    /// <summary>Inode number of the cgroup it is attached to; 0 when that is gone, or for links of other kinds.</summary>
    public ulong CgroupId => Describe() is { type: linux_bpf.BPF_LINK_TYPE_CGROUP } about ? about.cgroup.cgroup_id : 0;

    /// <summary>Where in the cgroup it is attached, or null for links of other kinds.</summary>
    public BpfAttachType? AttachType
        => Describe() is { type: linux_bpf.BPF_LINK_TYPE_CGROUP } about ? (BpfAttachType)about.cgroup.attach_type : null;

    /// <summary>Attaches a program to a cgroup, besides the programs that are attached already.</summary>
    /// <param name="program">The program.</param>
    /// <param name="cgroup">Path of the cgroup's directory (version 2).</param>
    /// <param name="type">Where to attach.</param>
    /// <returns>The link.</returns>
    /// <exception cref="LinuxException">
    /// The directory is no cgroup (EBADF), the program does not fit (EINVAL), or another program is attached there exclusively (EPERM).
    /// </exception>
    public static BpfLink AttachCgroup(BpfProgram program, string cgroup, BpfAttachType type)
    {
        ArgumentNullException.ThrowIfNull(program);
        using SafeFileDescriptor directory = SafeFileDescriptor.Open(cgroup, fcntl.O_RDONLY, "open cgroup");
        using var held = new HeldDescriptor(program.Descriptor);
        var attributes = new bpf_attr_link_create { prog_fd = held.Number, target_fd = (uint)directory.Number, attach_type = (uint)type };
        int fd = Libc.bpf(linux_bpf.BPF_LINK_CREATE, ref attributes);
        return new BpfLink(BpfIdentity.Own(fd, $"attach bpf program '{program.Name}' ({type}) to cgroup", cgroup));
    }

    /// <summary>Opens a pinned link.</summary>
    /// <param name="path">Its path in a bpf file system.</param>
    /// <returns>The link.</returns>
    /// <exception cref="LinuxException">Nothing is there (ENOENT), or something that is not a link (EINVAL).</exception>
    public static BpfLink OpenPinned(string path) => new(BpfIdentity.OpenPinned(path, "link"));

    /// <summary>Gives the link a path in a bpf file system; it then outlives this process.</summary>
    /// <param name="path">The path; its directory must exist.</param>
    /// <exception cref="LinuxException">The path is taken (EEXIST), or not in a bpf file system (EPERM).</exception>
    public void Pin(string path) => BpfIdentity.Pin(Descriptor, path, "link");

    /// <summary>Puts another program in the place of the attached one, in one step.</summary>
    /// <param name="program">The new program, of the same kind.</param>
    /// <exception cref="LinuxException">The program does not fit (EINVAL), or the cgroup is gone (ENOLINK).</exception>
    public void Update(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var link = new HeldDescriptor(Descriptor);
        using var held = new HeldDescriptor(program.Descriptor);
        var attributes = new bpf_attr_link_update { link_fd = link.Number, new_prog_fd = held.Number };
        if (Libc.bpf(linux_bpf.BPF_LINK_UPDATE, ref attributes) < 0)
            throw LinuxException.FromLastError("update bpf link to program", program.Name);
    }

    /// <summary>Ends the attachment now, whoever else holds or pinned the link (Linux 5.9).</summary>
    /// <exception cref="LinuxException">The kind of link cannot (EOPNOTSUPP).</exception>
    public void Detach()
    {
        using var link = new HeldDescriptor(Descriptor);
        var attributes = new bpf_attr_link_detach { link_fd = link.Number };
        if (Libc.bpf(linux_bpf.BPF_LINK_DETACH, ref attributes) < 0)
            throw LinuxException.FromLastError("detach bpf link");
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    private bpf_link_info Describe() => BpfIdentity.Describe<bpf_link_info>(Descriptor, "link");
}
