using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Processes;

/// <summary>Runs a program in the place of this process: same process id, terminal and open standard streams, nobody in between for signals.</summary>
public static unsafe class ProcessLauncher
{
    /// <summary>Replaces this process by a program. Does not return; nothing of this process runs any more, finally blocks and finalizers included.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="LinuxException">
    /// The program cannot be found or run (ENOENT, EACCES, ENOEXEC), the namespace may not be entered (EPERM), or the directory of a file to be covered does not exist (ENOENT). This process
    /// goes on as it was.
    /// </exception>
    [DoesNotReturn]
    public static void Replace(ProgramSpec program)
    {
        ArgumentNullException.ThrowIfNull(program);
        LinuxException? failure = null;
        // Namespaces belong to threads, and the program inherits those of the thread that starts it. If it does not start, only this thread is spoilt.
        var thread = new Thread(() => failure = Try(program)) { Name = "launcher" };
        thread.Start();
        thread.Join();
        ExceptionDispatchInfo.Throw(failure!);
    }

    private static LinuxException Try(ProgramSpec program)
    {
        try
        {
            if (program.Files.Count > 0)
                CoveredFiles.Enter(program.Files);
            if (program.NetworkNamespace is { } target && Libc.setns(target.Descriptor.Number, linux_sched.CLONE_NEWNET) != 0)
                throw LinuxException.FromLastError("enter namespace", target.Description);
            return Execute(program);
        }
        catch (LinuxException e)
        {
            return e;
        }
    }

    private static LinuxException Execute(ProgramSpec program)
    {
        using var file = new NativeStrings([program.FileName]);
        using var arguments = new NativeStrings([program.FileName, .. program.Arguments]);
        using var environment = new NativeStrings(Variables(program));
        // The runtime ignores SIGPIPE, and ignored signals stay so in the program; writing to a closed pipe must end it as it would anywhere else.
        nint previous = Libc.signal(signal.SIGPIPE, 0);
        byte* none = stackalloc byte[128];
        new Span<byte>(none, 128).Clear();
        _ = Libc.sigprocmask(signal.SIG_SETMASK, none, null);
        _ = Libc.execvpe(file.Pointers[0], arguments.Pointers, environment.Pointers);
        Errno errno = (Errno)Marshal.GetLastPInvokeError();
        _ = Libc.signal(signal.SIGPIPE, previous);
        return new LinuxException(errno, "run program", program.FileName);
    }

    private static IEnumerable<string> Variables(ProgramSpec program)
    {
        if (program.Environment is { } given)
            return given.Select(variable => $"{variable.Key}={variable.Value}");
        return Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}");
    }
}
