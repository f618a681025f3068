using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;
using Fairway.Linux.Tc;

namespace Fairway.Linux.Routing;

public sealed partial class RouteBatch
{
    // Of clsact and ingress alike.
    private const uint IngressHandle = linux_pkt_sched.TC_H_CLSACT & 0xFFFF_0000;

    /// <summary>Gives a link a clsact qdisc, the place of BPF filters in both directions. Nothing happens if it has one.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    public void AddClsact(int linkIndex)
        => WriteIngress(linux_rtnetlink.RTM_NEWQDISC, linux_netlink.NLM_F_CREATE, "clsact", "add clsact to link", linkIndex);

    /// <summary>
    /// Gives a link an ingress qdisc, the place of BPF filters for what it receives. Nothing happens if it has one; EINVAL if it has a clsact,
    /// which does the same and more.
    /// </summary>
    /// <remarks>
    /// The kernel searches a list of every block of filters on the machine for each block it makes (flow_indr_dev_setup_offload). Clsact has two,
    /// ingress one: beside 1,000 links it is made in a quarter of the time.
    /// </remarks>
    /// <param name="linkIndex">Index of the link.</param>
    public void AddIngress(int linkIndex)
        => WriteIngress(linux_rtnetlink.RTM_NEWQDISC, linux_netlink.NLM_F_CREATE, "ingress", "add ingress to link", linkIndex);

    /// <summary>Takes a link's clsact qdisc away with all its filters; ENOENT or EINVAL if it has none.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    public void DeleteClsact(int linkIndex) => WriteIngress(linux_rtnetlink.RTM_DELQDISC, 0, "clsact", "delete clsact of link", linkIndex);

    /// <summary>Takes a link's ingress qdisc away with all its filters; ENOENT or EINVAL if it has none.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    public void DeleteIngress(int linkIndex) => WriteIngress(linux_rtnetlink.RTM_DELQDISC, 0, "ingress", "delete ingress of link", linkIndex);

    /// <summary>Adds a BPF filter; EEXIST if there is one with its preference and handle.</summary>
    /// <param name="filter">The filter.</param>
    public void AddBpfFilter(BpfFilterSpec filter) => WriteFilter(linux_rtnetlink.RTM_NEWTFILTER, CreateNew, "add filter", filter);

    /// <summary>
    /// Adds a BPF filter, or exchanges the program of the one with its preference and handle. No packet passes without a program in between.
    /// </summary>
    /// <param name="filter">The filter.</param>
    public void ReplaceBpfFilter(BpfFilterSpec filter)
        => WriteFilter(linux_rtnetlink.RTM_NEWTFILTER, linux_netlink.NLM_F_CREATE, "replace filter", filter);

    /// <summary>Deletes a BPF filter; ENOENT if there is none with its preference and handle, EINVAL if the link has no clsact.</summary>
    /// <param name="filter">The filter; its program does not count.</param>
    public void DeleteBpfFilter(BpfFilterSpec filter) => WriteFilter(linux_rtnetlink.RTM_DELTFILTER, 0, "delete filter", filter);

    /// <summary>Makes a token bucket the outermost qdisc of a link, in place of what was there.</summary>
    /// <param name="tbf">The token bucket.</param>
    public void ReplaceTbf(TbfSpec tbf)
    {
        ArgumentNullException.ThrowIfNull(tbf);
        NetlinkWriter writer = Requests.Begin(
            linux_rtnetlink.RTM_NEWQDISC, linux_netlink.NLM_F_CREATE | linux_netlink.NLM_F_REPLACE, "replace qdisc", tbf);
        tbf.Write(ref writer);
        writer.Complete();
    }

    /// <summary>Deletes the outermost qdisc of a link; the kernel's own takes its place. ENOENT if it is that already.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    public void DeleteRootQdisc(int linkIndex)
    {
        NetlinkWriter writer = Requests.Begin(linux_rtnetlink.RTM_DELQDISC, 0, "delete qdisc of link", linkIndex);
        writer.WriteHeader(new tcmsg { tcm_ifindex = linkIndex, tcm_parent = linux_pkt_sched.TC_H_ROOT });
        writer.Complete();
    }

    private void WriteIngress(ushort type, ushort flags, string kind, string operation, int linkIndex)
    {
        NetlinkWriter writer = Requests.Begin(type, flags, operation, linkIndex);
        writer.WriteHeader(new tcmsg { tcm_ifindex = linkIndex, tcm_parent = linux_pkt_sched.TC_H_CLSACT, tcm_handle = IngressHandle });
        writer.WriteString(linux_rtnetlink.TCA_KIND, kind);
        writer.Complete();
    }

    private void WriteFilter(ushort type, ushort flags, string operation, BpfFilterSpec filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        NetlinkWriter writer = Requests.Begin(type, flags, operation, filter);
        filter.Write(ref writer);
        if (type == linux_rtnetlink.RTM_NEWTFILTER)
            filter.WriteOptions(ref writer);
        writer.Complete();
    }
}
