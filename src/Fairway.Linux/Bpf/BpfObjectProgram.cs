using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>A program of an object file.</summary>
public sealed unsafe class BpfObjectProgram
{
    private readonly BpfObject _owner;
    private readonly nint _handle;

    internal BpfObjectProgram(BpfObject owner, nint handle)
    {
        _owner = owner;
        _handle = handle;
        Name = Marshal.PtrToStringUTF8((nint)Libbpf.bpf_program__name(handle)) ?? "";
        Section = Marshal.PtrToStringUTF8((nint)Libbpf.bpf_program__section_name(handle)) ?? "";
        Type = (BpfProgramType)Libbpf.bpf_program__type(handle);
        ExpectedAttachType = (BpfAttachType)Libbpf.bpf_program__expected_attach_type(handle);
    }

    /// <summary>Name of the C function.</summary>
    public string Name { get; }

    /// <summary>Section it stands in, which tells its kind: <c>tc</c>, <c>cgroup/connect4</c>.</summary>
    public string Section { get; }

    /// <summary>Kind.</summary>
    public BpfProgramType Type { get; }

    /// <summary>Where it is to be attached; only of meaning for programs of cgroups.</summary>
    public BpfAttachType ExpectedAttachType { get; }

    /// <summary>Whether <see cref="BpfObject.Load"/> loads it. Set it before that.</summary>
    /// <exception cref="LinuxException">The object is loaded (EINVAL).</exception>
    public bool AutoLoad
    {
        get => Libbpf.bpf_program__autoload(Alive) != 0;
        set => LibbpfError.ThrowIfNegative(Libbpf.bpf_program__set_autoload(Alive, value ? (byte)1 : (byte)0), "leave out bpf program", Name);
    }

    /// <summary>The loaded program, to keep.</summary>
    /// <returns>A descriptor of its own.</returns>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public BpfProgram Open()
    {
        int fd = Libbpf.bpf_program__fd(Alive);
        if (fd < 0)
            throw new InvalidOperationException($"bpf program '{Name}' has not been loaded");
        return new BpfProgram(SafeFileDescriptor.Duplicate(fd, "open bpf program", Name), Name);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private nint Alive => _owner.Handle != 0 ? _handle : 0;
}
