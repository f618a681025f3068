using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

public sealed partial class NetlinkSocket
{
    // Every refused request is answered, and all answers of one send wait in the receive buffer together: 128 of
    // about 800 bytes each fit into the smallest default (212,992).
    private const int MaxRequestsPerSend = 128;
    private const int MaxBytesPerSend = 64 * 1024;

    /// <summary>
    /// Sends every request of a batch, as few system calls as possible (one for up to 128 requests), and waits until the kernel has
    /// carried them out, in order. A refused request does not stop the ones behind it.
    /// </summary>
    /// <param name="batch">The requests.</param>
    /// <returns>The refused requests in order; empty when all succeeded (nothing is allocated then).</returns>
    /// <exception cref="LinuxException">The exchange itself broke: ENOBUFS (answers lost), EBADF.</exception>
    public IReadOnlyList<BatchFailure> Send(NetlinkBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        List<BatchFailure>? failures = null;
        lock (_gate)
        {
            int first = 0;
            while (first < batch.Count)
            {
                int count = CountForOneSend(batch, first);
                SendPart(batch, first, count, ref failures);
                first += count;
            }
        }
        return failures ?? (IReadOnlyList<BatchFailure>)[];
    }

    /// <summary>Sends every request of a batch and throws what the kernel said to the first one it refused.</summary>
    /// <param name="batch">The requests.</param>
    /// <exception cref="LinuxException">A request was refused; those behind it have been carried out or refused as well.</exception>
    public void Execute(NetlinkBatch batch)
    {
        IReadOnlyList<BatchFailure> failures = Send(batch);
        if (failures.Count > 0)
            throw failures[0].Error;
    }

    /// <summary>Sends one request and reads its single answer.</summary>
    /// <typeparam name="T">What the answer describes.</typeparam>
    /// <param name="request">A batch of one.</param>
    /// <param name="parser">Reads the answer.</param>
    /// <param name="item">The answer, when the kernel gave one.</param>
    /// <returns><see cref="Errno.None"/>, or why there is no answer.</returns>
    public NetlinkError Query<T>(NetlinkBatch request, NetlinkParser<T> parser, out T? item)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(parser);
        lock (_gate)
        {
            uint sequence = SendOne(request, linux_netlink.NLM_F_REQUEST);
            while (true)
            {
                NetlinkReader reader = Receive(out bool truncated);
                if (truncated)
                {
                    sequence = SendOne(request, linux_netlink.NLM_F_REQUEST);
                    continue;
                }
                if (ReadAnswer(reader, sequence, parser, out item) is { } result)
                    return result;
            }
        }
    }

    /// <summary>Sends one request and reads its single answer.</summary>
    /// <typeparam name="T">What the answer describes.</typeparam>
    /// <param name="request">A batch of one.</param>
    /// <param name="parser">Reads the answer.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="LinuxException">The kernel refused, or answered with nothing (ENODATA).</exception>
    public T Request<T>(NetlinkBatch request, NetlinkParser<T> parser)
        where T : class
    {
        NetlinkError error = Query(request, parser, out T? item);
        return item ?? throw request.Error(0, error.Errno == Errno.None ? error with { Errno = Errno.ENODATA } : error);
    }

    private static NetlinkError? ReadAnswer<T>(NetlinkReader reader, uint sequence, NetlinkParser<T> parser, out T? item)
        where T : class
    {
        while (reader.Read(out NetlinkMessage message))
        {
            if (message.Sequence != sequence)
                continue;
            if (message.Type == linux_netlink.NLMSG_ERROR)
            {
                item = null;
                return NetlinkError.Read(message);
            }
            if (message.Type == linux_netlink.NLMSG_DONE)
            {
                item = null;
                return NetlinkError.ReadDone(message);
            }
            if (message.Type >= linux_netlink.NLMSG_MIN_TYPE && parser(message, out item))
                return default(NetlinkError);
        }
        item = null;
        return null;
    }

    private static int CountForOneSend(NetlinkBatch batch, int first)
    {
        int count = 1;
        int start = batch.OffsetOf(first);
        while (count < MaxRequestsPerSend && first + count < batch.Count && batch.EndOf(first + count) - start <= MaxBytesPerSend)
            count++;
        return count;
    }

    private void SendPart(NetlinkBatch batch, int first, int count, [NotNullIfNotNull(nameof(failures))] ref List<BatchFailure>? failures)
    {
        // Only the last request asks for an acknowledgement: the kernel answers refused ones anyway, and does them in order.
        uint firstSequence = _sequence + 1;
        for (int i = first; i < first + count; i++)
            batch.Header(i).nlmsg_seq = ++_sequence;
        batch.Header(first + count - 1).nlmsg_flags |= linux_netlink.NLM_F_ACK;
        SendBytes(batch.Slice(first, count));
        bool done = false;
        while (!done)
        {
            NetlinkReader reader = Receive(out _);
            while (reader.Read(out NetlinkMessage message))
            {
                uint position = message.Sequence - firstSequence;
                if (message.Type != linux_netlink.NLMSG_ERROR || position >= count)
                    continue;
                NetlinkError error = NetlinkError.Read(message);
                if (error.Errno != Errno.None)
                    (failures ??= []).Add(new BatchFailure(first + (int)position, batch.Error(first + (int)position, error)));
                done |= position == count - 1;
            }
        }
    }

    private uint SendOne(NetlinkBatch request, int flags)
    {
        if (request.Count != 1)
            throw new ArgumentException($"expected a batch of one request, not {request.Count}", nameof(request));
        ref nlmsghdr header = ref request.Header(0);
        header.nlmsg_seq = ++_sequence;
        header.nlmsg_flags |= (ushort)flags;
        SendBytes(request.Slice(0, 1));
        return header.nlmsg_seq;
    }
}
