using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairway.Bench.Workers;

/// <summary>Clients of a name server that each ask one question after the other from a socket of their own.</summary>
internal sealed class Asking(ClientOrder order)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly byte[] _question = Question(order.Name);
    private int _lost;

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public static async Task<Measurement> RunAsync(ClientOrder order)
    {
        var asking = new Asking(order);
        List<double>[] parts = await Task.WhenAll(Enumerable.Range(0, order.Clients).Select(_ => Task.Run(asking.AskAsync)));
        TimeSpan elapsed = asking.Elapsed;
        double[] latencies = [.. parts.SelectMany(part => part).Order()];
        // A question without an answer is the slowest of all, not one that does not count.
        int asked = latencies.Length + asking._lost;
        return latencies.Length == 0 ? throw new IOException($"none of {asked} questions was answered") : new Measurement(latencies.Length / elapsed.TotalSeconds, At(0.5), At(0.99));

        double At(double share) => (int)((asked - 1) * share) is var place && place < latencies.Length ? latencies[place] : s_patience.TotalMicroseconds;
    }

    private async Task<List<double>> AskAsync()
    {
        var latencies = new List<double>();
        using var socket = new Socket(order.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(new IPEndPoint(order.Address, order.Port));
        byte[] query = [.. _question], reply = new byte[4096];
        for (ushort id = 1; Elapsed < order.Duration; id++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(query, id);
            long asked = Stopwatch.GetTimestamp();
            if (await AskAsync(socket, query, reply))
                latencies.Add(Stopwatch.GetElapsedTime(asked).TotalMicroseconds);
            else
                Interlocked.Increment(ref _lost);
        }
        return latencies;
    }

    /// <summary>Asks; a failure and an answer that is none are answers that did not come.</summary>
    private static async Task<bool> AskAsync(Socket socket, byte[] query, byte[] reply)
    {
        try
        {
            await socket.SendAsync(query);
            using var patience = new CancellationTokenSource(s_patience);
            do
            {
                await socket.ReceiveAsync(reply, patience.Token);
            }
            while (BinaryPrimitives.ReadUInt16BigEndian(reply) != BinaryPrimitives.ReadUInt16BigEndian(query));
            return (reply[3] & 15) == 0 && reply[7] > 0;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return false;
        }
    }

    private static byte[] Question(string name)
    {
        List<byte> question = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (string label in name.Split('.'))
            question.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        question.AddRange([0, 0, 1, 0, 1]);
        return [.. question];
    }
}
