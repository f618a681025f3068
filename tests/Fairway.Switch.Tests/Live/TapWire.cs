using System.Collections.Concurrent;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Tuntap;
using Microsoft.Win32.SafeHandles;

namespace Fairway.Switch.Tests.Live;

/// <summary>
/// The far end of a tap device: what the link sends can be read, and what is written the link receives. A tap computes no checksums, so the kernel
/// has to finish those it left to the hardware, and the frames read here have what a real wire would carry.
/// </summary>
internal sealed class TapWire : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Fairway.Linux.SafeFileDescriptor _descriptor;
    private readonly FileStream _stream;
    private readonly BlockingCollection<byte[]> _frames = [];

    public TapWire(string name, NetworkNamespace networkNamespace)
    {
        _descriptor = TapDevice.Open(new TapSpec { Name = name, VnetHeader = false }, networkNamespace);
        _stream = new FileStream(new SafeFileHandle(_descriptor.DangerousGetHandle(), ownsHandle: false), FileAccess.ReadWrite, bufferSize: 0);
        // Ends when the device goes, with its namespace.
        new Thread(ReadAll) { IsBackground = true, Name = $"tap {name}" }.Start();
    }

    public void Write(byte[] frame) => _stream.Write(frame);

    /// <summary>The next frame that is one of those wanted; others are dropped.</summary>
    public byte[] Read(Func<byte[], bool> wanted)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            byte[] frame;
            try
            {
                frame = _frames.Take(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new Xunit.Sdk.XunitException("the frame did not come");
            }
            if (wanted(frame))
                return frame;
        }
    }

    /// <summary>Frames that have come so far.</summary>
    public IReadOnlyList<byte[]> ReadAllThatCame()
    {
        List<byte[]> frames = [];
        while (_frames.TryTake(out byte[]? frame))
            frames.Add(frame);
        return frames;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _descriptor.Dispose();
    }

    private void ReadAll()
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (_stream.Read(buffer) is var length and > 0)
                _frames.Add(buffer[..length]);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }
    }
}
