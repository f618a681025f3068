using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

[CHeader("linux/netfilter/nfnetlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct nfgenmsg
{
    public byte nfgen_family;
    public byte version;
    public ushort res_id;
}
