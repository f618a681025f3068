using Fairway.Model.Errors;

namespace Fairway.Cli.CommandLine;

/// <summary>What the command's exit code means; <c>docs/spec/cli.md</c> holds the same table.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A defect, or the kernel refused.</summary>
    public const int Internal = 1;

    /// <summary>The command line, or a value in it, is wrong: ask differently.</summary>
    public const int Usage = 2;

    public const int NotFound = 3;
    public const int AlreadyExists = 4;
    public const int Conflict = 5;
    public const int Exhausted = 6;
    public const int Unsupported = 7;

    /// <summary>The daemon cannot be reached, or says "not now".</summary>
    public const int Unavailable = 8;

    /// <summary><c>doctor</c> found something to look at, but nothing that prevents work.</summary>
    public const int DoctorWarning = 10;

    /// <summary><c>doctor</c> found something that prevents work.</summary>
    public const int DoctorFailure = 11;

    /// <summary><c>explain</c>: the packet would be dropped, by some backends of a load balancer at least.</summary>
    public const int Denied = 12;

    /// <summary><c>exec</c> did not come to run the command; as env(1) and docker have it.</summary>
    public const int NotExecuted = 125;

    /// <summary><c>exec</c>: the command is there and cannot be run.</summary>
    public const int NotExecutable = 126;

    /// <summary><c>exec</c>: there is no such command.</summary>
    public const int CommandNotFound = 127;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGPIPE: whoever read the output went away.</summary>
    public const int BrokenPipe = 141;

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => NotFound,
        ErrorKind.AlreadyExists => AlreadyExists,
        ErrorKind.InvalidArgument => Usage,
        ErrorKind.Conflict => Conflict,
        ErrorKind.Exhausted => Exhausted,
        ErrorKind.Unsupported => Unsupported,
        ErrorKind.Unavailable => Unavailable,
        _ => Internal,
    };
}
