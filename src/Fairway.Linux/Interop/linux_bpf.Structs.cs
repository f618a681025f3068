using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>The leading part; newer kernels append to it.</summary>
[CHeader("linux/bpf.h", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct bpf_map_info
{
    public uint type;
    public uint id;
    public uint key_size;
    public uint value_size;
    public uint max_entries;
    public uint map_flags;
    public fixed byte name[linux_bpf.BPF_OBJ_NAME_LEN];
    public uint ifindex;
    public uint btf_vmlinux_value_type_id;
    public ulong netns_dev;
    public ulong netns_ino;
    public uint btf_id;
    public uint btf_key_type_id;
    public uint btf_value_type_id;
}

/// <summary>The leading part.</summary>
[CHeader("linux/bpf.h", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_btf_info
{
    public ulong btf;
    public uint btf_size;
    public uint id;
}

/// <summary>The leading part.</summary>
[CHeader("linux/bpf.h", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct bpf_prog_info
{
    public uint type;
    public uint id;
    public fixed byte tag[linux_bpf.BPF_TAG_SIZE];
    public uint jited_prog_len;
    public uint xlated_prog_len;
    public ulong jited_prog_insns;
    public ulong xlated_prog_insns;
    public ulong load_time;
    public uint created_by_uid;
    public uint nr_map_ids;
    public ulong map_ids;
    public fixed byte name[linux_bpf.BPF_OBJ_NAME_LEN];
}

/// <summary>The leading part; what follows depends on the type.</summary>
[CHeader("linux/bpf.h", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_link_info
{
    public uint type;
    public uint id;
    public uint prog_id;
    private readonly uint _padding;
    public bpf_link_info_cgroup cgroup;
}

[CHeader("linux/bpf.h", Type = "struct bpf_link_info", Member = "cgroup")]
[StructLayout(LayoutKind.Sequential)]
internal struct bpf_link_info_cgroup
{
    public ulong cgroup_id;
    public uint attach_type;
}

[CHeader("linux/bpf.h", Leading = true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct __sk_buff
{
    public uint len;
    public uint pkt_type;
    public uint mark;
    public uint queue_mapping;
    public uint protocol;
    public uint vlan_present;
    public uint vlan_tci;
    public uint vlan_proto;
    public uint priority;
    public uint ingress_ifindex;
    public uint ifindex;
    public uint tc_index;
    public fixed uint cb[5];
    public uint hash;
    public uint tc_classid;
    public uint data;
    public uint data_end;
    public uint napi_id;
    public uint family;
    public uint remote_ip4;
    public uint local_ip4;
    public fixed uint remote_ip6[4];
    public fixed uint local_ip6[4];
    public uint remote_port;
    public uint local_port;
    public uint data_meta;
    public ulong flow_keys;
    public ulong tstamp;
    public uint wire_len;
    public uint gso_segs;
    public ulong sk;
    public uint gso_size;
    public byte tstamp_type;
    public ulong hwtstamp;
}
