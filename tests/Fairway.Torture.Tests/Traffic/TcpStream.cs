using System.Net.Sockets;

namespace Fairway.Torture.Tests.Traffic;

/// <summary>One connection to an echo server, never idle; it must not end, and nothing may have to be sent twice.</summary>
internal sealed class TcpStream : IStream
{
    private const int SolTcp = 6, TcpInfo = 11;
    // struct tcp_info: tcpi_total_retrans.
    private const int TotalRetransmissions = 100;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<(long Sent, string Problem)> _talking;

    private TcpStream(string name, Socket socket)
    {
        Name = name;
        _socket = socket;
        _talking = Task.Run(TalkAsync);
    }

    public string Name { get; }

    public static async Task<TcpStream> BeginAsync(string name, Place from, string address, int port)
        => new(name, await from.ConnectAsync(address, port));

    /// <summary>Segments the kernel sent more than once: a loss shows here, and so does a receiver that was slow to answer.</summary>
    public int Retransmissions()
    {
        byte[] about = new byte[256];
        _socket.GetRawSocketOption(SolTcp, TcpInfo, about);
        return BitConverter.ToInt32(about, TotalRetransmissions);
    }

    public async Task<StreamResult> EndAsync()
    {
        await _stop.CancelAsync();
        var (sent, problem) = await _talking;
        return new StreamResult(Name, sent, problem.Length == 0 ? sent : sent - 1, problem);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _talking;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task<(long Sent, string Problem)> TalkAsync()
    {
        byte[] message = new byte[1024];
        byte[] answer = new byte[1024];
        long sent = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
                Array.Fill(message, (byte)sent);
                sent++;
                await _socket.SendAsync(message, patience.Token);
                for (int got = 0; got < answer.Length;)
                {
                    int length = await _socket.ReceiveAsync(answer.AsMemory(got), patience.Token);
                    if (length == 0)
                        return (sent, "the connection ended");
                    got += length;
                }
                if (!answer.AsSpan().SequenceEqual(message))
                    return (sent, $"message {sent} came back changed");
                await tick.WaitForNextTickAsync();
            }
            return (sent, "");
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException)
        {
            return (sent, problem.Message);
        }
    }
}
