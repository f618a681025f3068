using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>A loaded BPF program, held by a descriptor.</summary>
public sealed unsafe partial class BpfProgram : IDisposable
{
    internal BpfProgram(SafeFileDescriptor fd, string? name = null)
    {
        Descriptor = fd;
        bpf_prog_info about = BpfIdentity.Describe<bpf_prog_info>(fd, "program");
        Id = about.id;
        Type = (BpfProgramType)about.type;
        Tag = Convert.ToHexStringLower(new ReadOnlySpan<byte>(about.tag, linux_bpf.BPF_TAG_SIZE));
        Name = name ?? BpfIdentity.ReadName(about.name);
    }

    /// <summary>The descriptor.</summary>
    public SafeFileDescriptor Descriptor { get; }

    /// <summary>The kernel's number for the program.</summary>
    public uint Id { get; }

    /// <summary>Name: whole if it came from an object file, else the 15 bytes the kernel keeps.</summary>
    public string Name { get; }

    /// <summary>Kind.</summary>
    public BpfProgramType Type { get; }

    /// <summary>Hash of the instructions, 16 hexadecimal digits: equal for equal programs.</summary>
    public string Tag { get; }

    /// <summary>Opens a pinned program.</summary>
    /// <param name="path">Its path in a bpf file system.</param>
    /// <returns>The program.</returns>
    /// <exception cref="LinuxException">Nothing is there (ENOENT), or something that is not a program (EINVAL).</exception>
    public static BpfProgram OpenPinned(string path) => new(BpfIdentity.OpenPinned(path, "program"));

    /// <summary>Opens a program by its number.</summary>
    /// <param name="id">The number, as in <c>TcFilter.ProgramId</c>.</param>
    /// <returns>The program.</returns>
    /// <exception cref="LinuxException">There is none (ENOENT), or not allowed (EPERM).</exception>
    public static BpfProgram OpenId(uint id) => new(BpfIdentity.OpenId(linux_bpf.BPF_PROG_GET_FD_BY_ID, id, "program"));

    /// <summary>Gives the program a path in a bpf file system; it then outlives this process.</summary>
    /// <param name="path">The path; its directory must exist.</param>
    /// <exception cref="LinuxException">The path is taken (EEXIST), or not in a bpf file system (EPERM).</exception>
    public void Pin(string path) => BpfIdentity.Pin(Descriptor, path, "program");

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
