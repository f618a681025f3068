using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>
/// A connection to a unix socket whose calls block, for programs that live a few milliseconds: a <see cref="System.Net.Sockets.Socket"/> starts a thread and asks the kernel
/// for its protocols before the first one is made.
/// </summary>
/// <remarks>Reading and writing throw <see cref="IOException"/> with the errno as HResult; EAGAIN (11) when the time is over.</remarks>
public sealed unsafe class UnixStream : Stream
{
    private readonly SafeFileDescriptor _fd;

    private UnixStream(SafeFileDescriptor fd) => _fd = fd;

    /// <summary>Connects.</summary>
    /// <param name="path">Path of the socket, at most 107 bytes.</param>
    /// <param name="timeout">How long one read or write may take.</param>
    /// <exception cref="LinuxException">Nobody listens there (ECONNREFUSED), it does not exist (ENOENT), it is not allowed (EACCES).</exception>
    /// <exception cref="ArgumentOutOfRangeException">The path is too long.</exception>
    public static UnixStream Connect(string path, TimeSpan timeout)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var address = new sockaddr_un { sun_family = sys_socket.AF_UNIX };
        // The last byte stays 0.
        if (!Encoding.UTF8.TryGetBytes(path, new Span<byte>(address.sun_path, sockaddr_un.PathLength - 1), out int length))
            throw new ArgumentOutOfRangeException(nameof(path), path, "longer than 107 bytes");
        int number = Libc.socket(sys_socket.AF_UNIX, sys_socket.SOCK_STREAM | sys_socket.SOCK_CLOEXEC, 0);
        if (number < 0)
            throw LinuxException.FromLastError("open a unix socket for", path);
        var fd = new SafeFileDescriptor(number);
        var patience = new timeval { tv_sec = (nint)timeout.TotalSeconds, tv_usec = timeout.Milliseconds * 1000 };
        if (fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVTIMEO, patience) && fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_SNDTIMEO, patience)
            && Libc.connect(fd, address, (uint)(sizeof(ushort) + length + 1)) == 0)
        {
            return new UnixStream(fd);
        }
        LinuxException refused = LinuxException.FromLastError("connect to", path);
        fd.Dispose();
        throw refused;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            nint read;
            fixed (byte* bytes = buffer)
                read = Libc.read(_fd, bytes, (nuint)buffer.Length);
            if (read >= 0)
                return (int)read;
            ThrowUnlessInterrupted();
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            fixed (byte* bytes = buffer)
                written = Libc.send(_fd, bytes, (nuint)buffer.Length, sys_socket.MSG_NOSIGNAL);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else
                ThrowUnlessInterrupted();
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

    private static void ThrowUnlessInterrupted()
    {
        var errno = (Errno)Marshal.GetLastPInvokeError();
        if (errno != Errno.EINTR)
            throw new IOException(Marshal.GetPInvokeErrorMessage((int)errno), (int)errno);
    }
}
