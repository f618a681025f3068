using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Bench;

/// <summary>Clients that each ask one question after the other from a socket of their own.</summary>
internal sealed class Load(IPEndPoint server, string name, TimeSpan duration)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _number;
    private int _lost;
    private int _failed;

    private bool IsOver => TimeProvider.System.GetElapsedTime(_start) >= duration;

    public static async Task<Result> RunAsync(IPEndPoint server, string name, int clients, TimeSpan duration)
    {
        var load = new Load(server, name, duration);
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(load.AskAsync)));
        double[] all = [.. latencies.SelectMany(part => part).Order()];
        return new Result(clients, TimeProvider.System.GetElapsedTime(load._start), all, load._lost, load._failed);
    }

    private async Task<List<double>> AskAsync()
    {
        var latencies = new List<double>();
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server);
        byte[] reply = new byte[4096];
        for (ushort id = 1; !IsOver; id++)
        {
            byte[] query = Query(id);
            long asked = TimeProvider.System.GetTimestamp();
            await socket.SendAsync(query, SocketFlags.None);
            if (await ReceiveAsync(socket, reply, id))
                latencies.Add(TimeProvider.System.GetElapsedTime(asked).TotalMicroseconds);
            else
                Interlocked.Increment(ref _lost);
        }
        return latencies;
    }

    private async Task<bool> ReceiveAsync(Socket socket, byte[] reply, ushort id)
    {
        try
        {
            using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
            do
            {
                await socket.ReceiveAsync(reply, SocketFlags.None, patience.Token);
            }
            while (BinaryPrimitives.ReadUInt16BigEndian(reply) != id);
            if ((reply[3] & 15) is not (0 or 3))
                Interlocked.Increment(ref _failed);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private byte[] Query(ushort id)
    {
        string asked = name.Contains('#') ? name.Replace("#", Interlocked.Increment(ref _number).ToString()) : name;
        var query = new List<byte> { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (string label in asked.Split('.'))
        {
            query.Add((byte)label.Length);
            query.AddRange(label.Select(character => (byte)character));
        }
        query.AddRange([0, 0, 1, 0, 1]);
        return [.. query];
    }
}
