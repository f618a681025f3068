using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

// The parts of union bpf_attr, one struct per family of commands. The kernel takes a part for the whole as long as what is left out is zero.

[CHeader("linux/bpf.h", Type = "union bpf_attr", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct bpf_attr_map_create
{
    public uint map_type;
    public uint key_size;
    public uint value_size;
    public uint max_entries;
    public uint map_flags;
    public uint inner_map_fd;
    public uint numa_node;
    public fixed byte map_name[linux_bpf.BPF_OBJ_NAME_LEN];
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_map_elem
{
    public uint map_fd;
    private readonly uint _padding;
    public ulong key;
    public ulong value;
    public ulong flags;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Member = "batch", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_batch
{
    public ulong in_batch;
    public ulong out_batch;
    public ulong keys;
    public ulong values;
    public uint count;
    public uint map_fd;
    public ulong elem_flags;
    public ulong flags;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct bpf_attr_prog_load
{
    public uint prog_type;
    public uint insn_cnt;
    public ulong insns;
    public ulong license;
    public uint log_level;
    public uint log_size;
    public ulong log_buf;
    public uint kern_version;
    public uint prog_flags;
    public fixed byte prog_name[linux_bpf.BPF_OBJ_NAME_LEN];
    public uint prog_ifindex;
    public uint expected_attach_type;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_obj
{
    public ulong pathname;
    public uint bpf_fd;
    public uint file_flags;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Member = "test", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_test
{
    public uint prog_fd;
    public uint retval;
    public uint data_size_in;
    public uint data_size_out;
    public ulong data_in;
    public ulong data_out;
    public uint repeat;
    public uint duration;
    public uint ctx_size_in;
    public uint ctx_size_out;
    public ulong ctx_in;
    public ulong ctx_out;
    public uint flags;
    public uint cpu;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_get_id
{
    public uint start_id;
    public uint next_id;
    public uint open_flags;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Member = "info", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_info
{
    public uint bpf_fd;
    public uint info_len;
    public ulong info;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Member = "link_create", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_link_create
{
    public uint prog_fd;
    public uint target_fd;
    public uint attach_type;
    public uint flags;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Member = "link_update", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_link_update
{
    public uint link_fd;
    public uint new_prog_fd;
    public uint flags;
    public uint old_prog_fd;
}

[CHeader("linux/bpf.h", Type = "union bpf_attr", Member = "link_detach", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_attr_link_detach
{
    public uint link_fd;
}
