using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

public sealed unsafe partial class BpfMap
{
    /// <summary>
    /// The fields of keys and values as the program text that made the map called them; empty when it did not say. A map can then be read, and
    /// copied, by somebody who was written with another layout.
    /// </summary>
    /// <returns>The fields of the keys, and those of the values.</returns>
    /// <exception cref="LinuxException">Not allowed (EPERM).</exception>
    public (IReadOnlyList<BtfField> Key, IReadOnlyList<BtfField> Value) ReadFields()
    {
        bpf_map_info about = BpfIdentity.Describe<bpf_map_info>(Descriptor, "map");
        if (about.btf_id == 0 || about.btf_value_type_id == 0)
            return ([], []);
        using SafeFileDescriptor types = BpfIdentity.OpenId(linux_bpf.BPF_BTF_GET_FD_BY_ID, about.btf_id, "types");
        var read = new BtfTypes(ReadTypes(types));
        return (read.Fields(about.btf_key_type_id), read.Fields(about.btf_value_type_id));
    }

    /// <summary>Asked twice: how long, then all of it.</summary>
    private static byte[] ReadTypes(SafeFileDescriptor types)
    {
        bpf_btf_info about = default;
        BpfIdentity.Describe(types, "types", ref about);
        byte[] data = new byte[about.btf_size];
        fixed (byte* bytes = data)
        {
            about = new bpf_btf_info { btf = (ulong)bytes, btf_size = (uint)data.Length };
            BpfIdentity.Describe(types, "types", ref about);
        }
        return data;
    }
}
