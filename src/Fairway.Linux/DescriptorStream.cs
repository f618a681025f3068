using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux;

/// <summary>
/// Reads from, or writes to, a descriptor that somebody else opened, such as the standard streams: where the file stands is the kernel's business, so that several programs can write
/// to one file in turn; and a terminal is not touched, as <see cref="Console"/> does before it writes the first byte.
/// </summary>
/// <remarks>Writing to a pipe nobody reads any more throws an <see cref="IOException"/> whose HResult is EPIPE (32), as everywhere in .NET.</remarks>
public sealed unsafe class DescriptorStream : Stream
{
    private readonly SafeFileDescriptor _fd;

    /// <summary>Reads from, or writes to, a descriptor.</summary>
    /// <param name="fd">The descriptor; disposing of the stream disposes of it.</param>
    /// <param name="canRead">Whether it is read; else it is written.</param>
    public DescriptorStream(SafeFileDescriptor fd, bool canRead = false)
    {
        ArgumentNullException.ThrowIfNull(fd);
        _fd = fd;
        CanRead = canRead;
    }

    /// <summary>Standard input.</summary>
    /// <returns>A stream that leaves the descriptor open when it is disposed of.</returns>
    public static DescriptorStream OpenInput() => new(new SafeFileDescriptor(0, ownsHandle: false), canRead: true);

    /// <summary>Standard output.</summary>
    /// <returns>A stream that leaves the descriptor open when it is disposed of.</returns>
    public static DescriptorStream OpenOutput() => new(new SafeFileDescriptor(1, ownsHandle: false));

    /// <summary>Standard error.</summary>
    /// <returns>A stream that leaves the descriptor open when it is disposed of.</returns>
    public static DescriptorStream OpenError() => new(new SafeFileDescriptor(2, ownsHandle: false));

    /// <inheritdoc/>
    public override bool CanRead { get; }

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !CanRead;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            fixed (byte* bytes = buffer)
                written = Libc.write(_fd, bytes, (nuint)buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else
                Recover((Errno)Marshal.GetLastPInvokeError());
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is held back.
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (!CanRead)
            throw new NotSupportedException();
        while (true)
        {
            nint read;
            fixed (byte* bytes = buffer)
                read = Libc.read(_fd, bytes, (nuint)buffer.Length);
            if (read >= 0)
                return (int)read;
            Recover((Errno)Marshal.GetLastPInvokeError());
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _fd.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Descriptors are shared: another program may have made this one non-blocking.</summary>
    private void Recover(Errno errno)
    {
        if (errno == Errno.EINTR)
            return;
        if (errno != Errno.EAGAIN)
            throw new IOException(Marshal.GetPInvokeErrorMessage((int)errno), (int)errno);
        using var held = new HeldDescriptor(_fd);
        var ready = new pollfd { fd = (int)held.Number, events = (short)(CanRead ? poll.POLLIN : poll.POLLOUT) };
        _ = Libc.poll(&ready, 1, -1);
    }
}
