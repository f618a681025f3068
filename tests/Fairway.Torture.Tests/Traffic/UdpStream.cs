using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Torture.Tests.Traffic;

/// <summary>Numbered datagrams one way, 1,000 a second; each is ticked off where it arrives.</summary>
internal sealed class UdpStream : IStream
{
    private const int PerSecond = 1000;
    // More at once would overrun the kernel's own queues (net.core.netdev_max_backlog is 1,000).
    private const int Burst = 100;
    private const int Most = 4_000_000;
    private const int SolSocket = 1, ReceiveBufferForce = 33;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Socket _sender;
    private readonly Socket _receiver;
    private readonly CancellationTokenSource _stop = new();
    private readonly bool[] _came = new bool[Most];
    private readonly Task<int> _sending;
    private int _received;

    /// <param name="name">For messages.</param>
    /// <param name="from">Where it is sent.</param>
    /// <param name="address">The address it is sent to.</param>
    /// <param name="port">And the port.</param>
    /// <param name="to">Where it arrives.</param>
    /// <param name="localPort">On which port.</param>
    public UdpStream(string name, Place from, string address, int port, Place to, int localPort)
    {
        Name = name;
        _receiver = to.OpenUdp();
        // 8 MB: a reader that waits for the processor loses nothing.
        _receiver.SetRawSocketOption(SolSocket, ReceiveBufferForce, BitConverter.GetBytes(8 << 20));
        _receiver.Bind(new IPEndPoint(IPAddress.Any, localPort));
        _sender = from.OpenUdp();
        _sender.Connect(new IPEndPoint(IPAddress.Parse(address), port));
        new Thread(Receive) { IsBackground = true, Name = name }.Start();
        _sending = Task.Run(SendAsync);
    }

    public string Name { get; }

    public async Task<StreamResult> EndAsync()
    {
        await _stop.CancelAsync();
        int sent = await _sending;
        long end = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _received) < sent && Stopwatch.GetElapsedTime(end) < (Array.LastIndexOf(_came, true) == sent - 1 ? TimeSpan.FromSeconds(2) : s_patience))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        int[] missing = [.. Enumerable.Range(0, sent).Where(number => !_came[number])];
        return new StreamResult(Name, sent, sent - missing.Length, string.Join(", ", missing.Take(20)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _sender.Dispose();
        _receiver.Dispose();
        _stop.Dispose();
    }

    private async Task<int> SendAsync()
    {
        byte[] datagram = new byte[64];
        int sent = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        long start = Stopwatch.GetTimestamp();
        try
        {
            while (sent < Most - Burst)
            {
                await tick.WaitForNextTickAsync(_stop.Token);
                int due = Math.Min((int)(Stopwatch.GetElapsedTime(start).TotalSeconds * PerSecond), sent + Burst);
                for (; sent < due; sent++)
                {
                    BinaryPrimitives.WriteInt32BigEndian(datagram, sent);
                    _sender.Send(datagram);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
        return sent;
    }

    private void Receive()
    {
        byte[] datagram = new byte[2048];
        try
        {
            while (true)
            {
                int length = _receiver.Receive(datagram);
                if (length < 4)
                    continue;
                int number = BinaryPrimitives.ReadInt32BigEndian(datagram);
                if (number < 0 || number >= Most || _came[number])
                    continue;
                _came[number] = true;
                Interlocked.Increment(ref _received);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The stream is disposed of.
        }
    }
}
