namespace Fairway.Linux.Interop;

/// <summary>Signals.</summary>
[CHeader("signal.h")]
internal static class signal
{
    public const int SIG_SETMASK = 2;
    public const int SIGPIPE = 13;
}
