using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Namespaces;

/// <summary>
/// The one thread that works in other namespaces; a socket alone is opened by a shorter way (<see cref="NamespaceVisit"/>). A namespace belongs to a thread and a new thread inherits its creator's, so a
/// thread-pool worker or a socket-engine thread that happened to be started by a thread inside a namespace would stay there for good.
/// Work on this thread is therefore kept to raw system calls, and nothing else in the process calls setns.
/// If the way home fails the process ends: it must not go on in a namespace it does not know.
/// </summary>
internal sealed class NamespaceThread
{
    private static readonly Lazy<NamespaceThread> s_instance = new(() => new NamespaceThread());

    private readonly BlockingCollection<Work> _queue = [];
    private readonly Thread _thread;

    private NamespaceThread()
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = "namespaces" };
        _thread.Start();
    }

    public static NamespaceThread Instance => s_instance.Value;

    /// <summary>Runs an action inside a namespace and waits for it.</summary>
    /// <param name="target">Descriptor of the namespace, or null for a new, empty one.</param>
    /// <param name="description">The namespace, for error text.</param>
    /// <param name="action">System calls only: no await, no new threads, no managed sockets.</param>
    /// <exception cref="InvalidOperationException">It is called from inside such an action, and would wait for itself.</exception>
    public void Run(SafeFileDescriptor? target, string description, Action action)
    {
        ThrowIfInside(description);
        bool held = false;
        try
        {
            target?.DangerousAddRef(ref held);
            var work = new Work(target, description, action);
            _queue.Add(work);
            work.Done.Task.GetAwaiter().GetResult();
        }
        finally
        {
            if (held)
                target!.DangerousRelease();
        }
    }

    /// <summary>Refuses to enter a namespace from inside another one.</summary>
    /// <exception cref="InvalidOperationException">It is called from inside an action.</exception>
    public void ThrowIfInside(string description)
    {
        if (Thread.CurrentThread == _thread)
            throw new InvalidOperationException($"namespace '{description}' cannot be entered from inside another one; leave that first");
    }

    private void Loop()
    {
        foreach (Work work in _queue.GetConsumingEnumerable())
        {
            try
            {
                Execute(work);
                work.Done.SetResult();
            }
            catch (Exception e)
            {
                work.Done.SetException(e);
            }
        }
    }

    private static void Execute(Work work)
    {
        int errno = Enter(work.Target);
        if (errno != 0)
            throw new LinuxException((Errno)errno, work.Target is null ? "create namespace" : "enter namespace", work.Description);
        try
        {
            work.Action();
        }
        finally
        {
            if (Libc.setns(NamespaceVisit.Home.Number, linux_sched.CLONE_NEWNET) != 0)
                Environment.FailFast($"the way back from namespace '{work.Description}' failed: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    private static int Enter(SafeFileDescriptor? target)
    {
        int result = target is null
            ? Libc.unshare(linux_sched.CLONE_NEWNET)
            : Libc.setns(target.Number, linux_sched.CLONE_NEWNET);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private sealed record Work(SafeFileDescriptor? Target, string Description, Action Action)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
