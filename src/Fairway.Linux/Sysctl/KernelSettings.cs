using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Sysctl;

/// <summary>
/// The settings below /proc/sys (sysctl), as one network namespace sees them: those under <c>net/</c> are its own, the others the whole machine's.
/// Works from any thread.
/// </summary>
public sealed class KernelSettings
{
    private readonly NetworkNamespace? _namespace;

    /// <summary>The settings of a namespace.</summary>
    /// <param name="networkNamespace">The namespace, which must outlive this object; null for that of the process.</param>
    public KernelSettings(NetworkNamespace? networkNamespace = null) => _namespace = networkNamespace;

    /// <summary>Reads a setting.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value, without the newline at its end.</returns>
    /// <exception cref="LinuxException">There is no such setting (ENOENT), or it may not be read (EACCES, EPERM).</exception>
    public string Read(SysctlName name)
    {
        using SafeFileDescriptor file = Open(name, fcntl.O_RDONLY, "read kernel setting");
        return ReadAll(file, name);
    }

    /// <summary>Reads a setting that may not exist: the kernel is older or built without it, or there is no such interface.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value, or null.</returns>
    /// <exception cref="LinuxException">It may not be read (EACCES, EPERM).</exception>
    public string? Find(SysctlName name)
    {
        try
        {
            return Read(name);
        }
        catch (LinuxException e) when (e.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    /// <summary>Reads a setting that is a number.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="LinuxException">As <see cref="Read"/>.</exception>
    /// <exception cref="InvalidDataException">It is not a number.</exception>
    public long ReadNumber(SysctlName name)
    {
        string value = Read(name);
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidDataException($"kernel setting '{name}' is not a number: '{value}'");
    }

    /// <summary>Writes a setting.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value; a newline is added.</param>
    /// <exception cref="LinuxException">
    /// There is no such setting (ENOENT), the value is refused (EINVAL), or it may not be written (EACCES, EPERM; EROFS in most containers).
    /// </exception>
    public void Write(SysctlName name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using SafeFileDescriptor file = Open(name, fcntl.O_WRONLY, "write kernel setting");
        WriteAll(file, name, Encoding.UTF8.GetBytes(value + '\n'));
    }

    /// <summary>Writes a setting that is a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="LinuxException">As the other overload.</exception>
    public void Write(SysctlName name, long value) => Write(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Which namespace's setting it is depends on who opens the file, not on who reads it.</summary>
    private SafeFileDescriptor Open(SysctlName name, int flags, string operation)
    {
        string path = $"/proc/sys/{name.Path}";
        try
        {
            return _namespace is null ? SafeFileDescriptor.Open(path, flags, operation) : _namespace.Run(() => SafeFileDescriptor.Open(path, flags, operation));
        }
        catch (LinuxException e) when (e.Target == path)
        {
            throw new LinuxException(e.Errno, operation, Describe(name));
        }
    }

    private unsafe string ReadAll(SafeFileDescriptor file, SysctlName name)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            nint count;
            fixed (byte* rest = buffer.AsSpan(length))
                count = Libc.read(file, rest, (nuint)(buffer.Length - length));
            if (count == 0)
                return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n');
            if (count > 0)
                length += (int)count;
            else if ((Errno)Marshal.GetLastPInvokeError() != Errno.EINTR)
                throw LinuxException.FromLastError("read kernel setting", Describe(name));
        }
    }

    private unsafe void WriteAll(SafeFileDescriptor file, SysctlName name, byte[] value)
    {
        fixed (byte* bytes = value)
        {
            while (Libc.write(file, bytes, (nuint)value.Length) < 0)
            {
                if ((Errno)Marshal.GetLastPInvokeError() != Errno.EINTR)
                    throw LinuxException.FromLastError("write kernel setting", Describe(name));
            }
        }
    }

    private string Describe(SysctlName name) => _namespace is null ? name.Path : $"{name.Path} in namespace {_namespace}";
}
