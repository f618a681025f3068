using Fairway.Linux;
using Fairway.Linux.Capture;

namespace Fairway.Cli.Capture;

/// <summary>Moves packets from a link to a file or pipe.</summary>
internal static class PacketCapture
{
    /// <summary>Captures until cancelled, until there are enough, or until the link is gone.</summary>
    /// <returns>How many were written.</returns>
    public static long Run(PacketSocket socket, PcapWriter writer, long limit, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(socket.Wake);
        long count = 0;
        while (count < limit && !cancellation.IsCancellationRequested)
        {
            socket.Wait(Timeout.InfiniteTimeSpan);
            try
            {
                while (count < limit && socket.TryReceive(out var packet))
                {
                    writer.Write(packet);
                    count++;
                }
            }
            catch (LinuxException e) when (e.Errno == Errno.ENETDOWN)
            {
                limit = count;
            }
            // Nothing waits: whoever reads the pipe sees what there is.
            writer.Flush();
        }
        return count;
    }
}
