using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux;

/// <summary>Waits until a descriptor can be read, in a way that another thread can end.</summary>
internal sealed unsafe class WakeableWait : IDisposable
{
    private readonly SafeFileDescriptor _wake;

    public WakeableWait()
    {
        int fd = Libc.eventfd(0, sys_eventfd.EFD_CLOEXEC | sys_eventfd.EFD_NONBLOCK);
        _wake = fd >= 0 ? new SafeFileDescriptor(fd) : throw LinuxException.FromLastError("make event");
    }

    /// <returns>False if the time was over.</returns>
    public bool Wait(SafeFileDescriptor descriptor, TimeSpan timeout)
    {
        using var held = new HeldDescriptor(descriptor);
        using var wake = new HeldDescriptor(_wake);
        Span<pollfd> events = [new() { fd = (int)held.Number, events = poll.POLLIN }, new() { fd = (int)wake.Number, events = poll.POLLIN }];
        int milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        int ready;
        fixed (pollfd* first = events)
            ready = Libc.poll(first, 2, milliseconds);
        if (ready < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.EINTR)
            throw LinuxException.FromLastError("wait");
        if (ready > 0 && events[1].revents != 0)
        {
            ulong counter;
            _ = Libc.read(_wake, (byte*)&counter, sizeof(ulong));
        }
        return ready != 0;
    }

    /// <summary>Ends the wait in progress, or the next one.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Libc.write(_wake, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Calls a step on a thread of its own until cancelled; cancelling wakes it.</summary>
    public Task RunAsync(Action step, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            using CancellationTokenRegistration _ = cancellationToken.UnsafeRegister(static wait => ((WakeableWait)wait!).Wake(), this);
            while (!cancellationToken.IsCancellationRequested)
                step();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
        TaskScheduler.Default);

    public void Dispose() => _wake.Dispose();
}
