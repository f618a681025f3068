using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>What writing an entry expects to find (<c>linux/bpf.h</c>).</summary>
public enum BpfUpdate
{
    /// <summary>Writes whether the key is there or not (BPF_ANY).</summary>
    Any = linux_bpf.BPF_ANY,

    /// <summary>The key must be new, else EEXIST (BPF_NOEXIST).</summary>
    Create = linux_bpf.BPF_NOEXIST,

    /// <summary>The key must be there, else ENOENT (BPF_EXIST).</summary>
    Replace = linux_bpf.BPF_EXIST,
}
