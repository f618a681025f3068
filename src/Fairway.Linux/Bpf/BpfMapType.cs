using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>Kinds of maps (<c>linux/bpf.h</c>, BPF_MAP_TYPE_*); the kernel has more.</summary>
public enum BpfMapType
{
    /// <summary>Unknown.</summary>
    Unspecified = linux_bpf.BPF_MAP_TYPE_UNSPEC,

    /// <summary>Hash table; refuses new keys when full.</summary>
    Hash = linux_bpf.BPF_MAP_TYPE_HASH,

    /// <summary>Array by index; every entry exists, as zeroes.</summary>
    Array = linux_bpf.BPF_MAP_TYPE_ARRAY,

    /// <summary>Programs to tail-call.</summary>
    ProgramArray = linux_bpf.BPF_MAP_TYPE_PROG_ARRAY,

    /// <summary>Perf events by CPU.</summary>
    PerfEventArray = linux_bpf.BPF_MAP_TYPE_PERF_EVENT_ARRAY,

    /// <summary>Hash table with one value per CPU.</summary>
    PerCpuHash = linux_bpf.BPF_MAP_TYPE_PERCPU_HASH,

    /// <summary>Array with one value per CPU.</summary>
    PerCpuArray = linux_bpf.BPF_MAP_TYPE_PERCPU_ARRAY,

    /// <summary>Hash table that forgets what was not used for longest.</summary>
    LruHash = linux_bpf.BPF_MAP_TYPE_LRU_HASH,

    /// <summary>The same with one value per CPU.</summary>
    LruPerCpuHash = linux_bpf.BPF_MAP_TYPE_LRU_PERCPU_HASH,

    /// <summary>Longest-prefix match; keys begin with their length in bits.</summary>
    LpmTrie = linux_bpf.BPF_MAP_TYPE_LPM_TRIE,

    /// <summary>Array of maps.</summary>
    ArrayOfMaps = linux_bpf.BPF_MAP_TYPE_ARRAY_OF_MAPS,

    /// <summary>Hash table of maps.</summary>
    HashOfMaps = linux_bpf.BPF_MAP_TYPE_HASH_OF_MAPS,

    /// <summary>Queue; no keys.</summary>
    Queue = linux_bpf.BPF_MAP_TYPE_QUEUE,

    /// <summary>Stack; no keys.</summary>
    Stack = linux_bpf.BPF_MAP_TYPE_STACK,

    /// <summary>Something of a program's at each socket; it goes with the socket.</summary>
    SocketStorage = linux_bpf.BPF_MAP_TYPE_SK_STORAGE,

    /// <summary>Ring buffer, read by <see cref="RingBufferReader"/>.</summary>
    RingBuffer = linux_bpf.BPF_MAP_TYPE_RINGBUF,
}
