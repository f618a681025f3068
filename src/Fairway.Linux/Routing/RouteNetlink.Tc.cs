using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;
using Fairway.Linux.Tc;

namespace Fairway.Linux.Routing;

public sealed partial class RouteNetlink
{
    /// <summary>Gives a link a clsact qdisc, the place of BPF filters in both directions. Nothing happens if it has one.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or it has an ingress qdisc of another kind (EINVAL).</exception>
    public void AddClsact(int linkIndex) => Change(linkIndex, static (batch, linkIndex) => batch.AddClsact(linkIndex));

    /// <summary>Takes a link's clsact qdisc away with all its filters.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <returns>False if it has none, or is not there.</returns>
    public bool DeleteClsact(int linkIndex)
        => Remove(linkIndex, static (batch, linkIndex) => batch.DeleteClsact(linkIndex), Errno.ENOENT, Errno.EINVAL, Errno.ENODEV);

    /// <summary>Gives a link an ingress qdisc, the place of BPF filters for what it receives. Nothing happens if it has one.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or it has a clsact, which does the same and more (EINVAL).</exception>
    public void AddIngress(int linkIndex) => Change(linkIndex, static (batch, linkIndex) => batch.AddIngress(linkIndex));

    /// <summary>Takes a link's ingress qdisc away with all its filters.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <returns>False if it has none, or is not there.</returns>
    public bool DeleteIngress(int linkIndex)
        => Remove(linkIndex, static (batch, linkIndex) => batch.DeleteIngress(linkIndex), Errno.ENOENT, Errno.EINVAL, Errno.ENODEV);

    /// <summary>Adds a BPF filter to a link with clsact, or with ingress.</summary>
    /// <param name="filter">The filter.</param>
    /// <exception cref="LinuxException">There is one with its preference and handle (EEXIST), or the link has no clsact (EINVAL).</exception>
    public void AddBpfFilter(BpfFilterSpec filter) => Change(filter, static (batch, filter) => batch.AddBpfFilter(filter));

    /// <summary>
    /// Adds a BPF filter to a link with clsact, or exchanges the program of the one with its preference and handle. No packet passes without a
    /// program in between.
    /// </summary>
    /// <param name="filter">The filter.</param>
    /// <exception cref="LinuxException">The link has no clsact (EINVAL), or the program is not SCHED_CLS (EINVAL).</exception>
    public void ReplaceBpfFilter(BpfFilterSpec filter) => Change(filter, static (batch, filter) => batch.ReplaceBpfFilter(filter));

    /// <summary>Deletes a BPF filter.</summary>
    /// <param name="filter">The filter; its program does not count.</param>
    /// <returns>False if there is none with its preference and handle, or the link has no clsact, or is not there.</returns>
    public bool DeleteBpfFilter(BpfFilterSpec filter)
        => Remove(filter, static (batch, filter) => batch.DeleteBpfFilter(filter), Errno.ENOENT, Errno.EINVAL, Errno.ENODEV);

    /// <summary>Makes a token bucket the outermost qdisc of a link, in place of what was there.</summary>
    /// <param name="tbf">The token bucket.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or the kernel has no tbf (ENOENT).</exception>
    public void ReplaceTbf(TbfSpec tbf) => Change(tbf, static (batch, tbf) => batch.ReplaceTbf(tbf));

    /// <summary>Deletes the outermost qdisc of a link; the kernel's own takes its place.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <returns>False if it is the kernel's own already, or the link is not there.</returns>
    public bool DeleteRootQdisc(int linkIndex)
        => Remove(linkIndex, static (batch, linkIndex) => batch.DeleteRootQdisc(linkIndex), Errno.ENOENT, Errno.ENODEV);

    /// <summary>Lists qdiscs.</summary>
    /// <param name="linkIndex">Index of the link, or null for all links.</param>
    /// <returns>The qdiscs.</returns>
    public IReadOnlyList<Qdisc> ListQdiscs(int? linkIndex = null)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETQDISC, 0, "list qdiscs", "");
        writer.WriteHeader(new tcmsg { tcm_ifindex = linkIndex ?? 0 });
        writer.Complete();
        return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out Qdisc qdisc)
            => Qdisc.TryRead(message, out qdisc) && (linkIndex is null || qdisc.LinkIndex == linkIndex));
    }

    /// <summary>Lists the filters on one side of a link's clsact, in the order they are tried.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <param name="direction">Side of the link.</param>
    /// <returns>The filters; none if the link has no clsact, or is not there.</returns>
    public IReadOnlyList<TcFilter> ListFilters(int linkIndex, TrafficDirection direction)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETTFILTER, 0, "list filters of link", linkIndex);
        writer.WriteHeader(new tcmsg { tcm_ifindex = linkIndex, tcm_parent = BpfFilterSpec.Parent(direction) });
        writer.Complete();
        return _socket.Dump<TcFilter>(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out TcFilter filter)
            => TcFilter.TryRead(message, out filter));
    }
}
