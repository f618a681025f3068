using System.Runtime.ExceptionServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

public sealed partial class NetlinkSocket
{
    private const int MaxDumpAttempts = 16;

    /// <summary>
    /// Reads a table. A reading that the kernel marks as inconsistent, because the table changed meanwhile, is thrown away and
    /// begun again, up to 16 times.
    /// </summary>
    /// <typeparam name="T">What one entry becomes.</typeparam>
    /// <param name="request">A batch of one; NLM_F_DUMP is added.</param>
    /// <param name="parser">Reads one entry.</param>
    /// <returns>The entries the parser accepted, in the kernel's order.</returns>
    /// <exception cref="LinuxException">The kernel refused, or the table changed during every attempt (EINTR).</exception>
    /// <exception cref="InvalidDataException">An entry could not be read.</exception>
    public IReadOnlyList<T> Dump<T>(NetlinkBatch request, NetlinkParser<T> parser)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(parser);
        var items = new List<T>();
        lock (_gate)
        {
            for (int attempt = 0; attempt < MaxDumpAttempts; attempt++)
            {
                items.Clear();
                if (TryDump(request, parser, items))
                    return items;
            }
        }
        throw request.Error(0, new NetlinkError(Errno.EINTR, $"it changed during each of {MaxDumpAttempts} readings; read again later"));
    }

    private bool TryDump<T>(NetlinkBatch request, NetlinkParser<T> parser, List<T> items)
    {
        uint sequence = SendOne(request, linux_netlink.NLM_F_DUMP);
        var progress = new DumpProgress { Consistent = true };
        while (!progress.Done)
        {
            NetlinkReader reader = Receive(out bool truncated);
            progress.Consistent &= !truncated;
            while (!truncated && reader.Read(out NetlinkMessage message))
            {
                if (message.Sequence == sequence)
                    Take(message, request, parser, items, ref progress);
            }
        }
        progress.Failure?.Throw();
        return progress.Consistent;
    }

    /// <summary>
    /// A failure is kept until the dump has ended: the kernel answers EBUSY to the next dump on a socket whose last was not read to its end.
    /// </summary>
    private static void Take<T>(in NetlinkMessage message, NetlinkBatch request, NetlinkParser<T> parser, List<T> items, ref DumpProgress progress)
    {
        progress.Consistent &= (message.Flags & linux_netlink.NLM_F_DUMP_INTR) == 0;
        try
        {
            switch (message.Type)
            {
                case linux_netlink.NLMSG_DONE:
                    progress.Done = true;
                    Check(NetlinkError.ReadDone(message));
                    break;
                case linux_netlink.NLMSG_ERROR:
                    progress.Done = true;
                    Check(NetlinkError.Read(message));
                    break;
                case >= linux_netlink.NLMSG_MIN_TYPE:
                    if (progress.Failure is null && parser(message, out T? item))
                        items.Add(item);
                    break;
            }
        }
        catch (Exception e) when (e is InvalidDataException or LinuxException)
        {
            progress.Failure ??= ExceptionDispatchInfo.Capture(e);
        }

        void Check(NetlinkError error)
        {
            if (error.Errno != Errno.None)
                throw request.Error(0, error);
        }
    }

    private struct DumpProgress
    {
        public bool Done;
        public bool Consistent;
        public ExceptionDispatchInfo? Failure;
    }
}
