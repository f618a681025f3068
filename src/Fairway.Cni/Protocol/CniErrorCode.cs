using Fairway.Model.Errors;

namespace Fairway.Cni.Protocol;

/// <summary>The codes of error results (CNI specification 1.1.0, "Error"); from 100 on they are ours. <c>docs/spec/cni.md</c> holds the same table.</summary>
internal static class CniErrorCode
{
    public const int IncompatibleVersion = 1;
    public const int UnsupportedField = 2;

    /// <summary>The container is gone: nothing was made, and nothing needs to be cleaned up.</summary>
    public const int UnknownContainer = 3;

    public const int InvalidEnvironment = 4;
    public const int InputFailure = 5;
    public const int Undecodable = 6;
    public const int InvalidConfiguration = 7;

    /// <summary>Not now; the runtime asks again later.</summary>
    public const int TryAgainLater = 11;

    /// <summary>STATUS: no ADD can be served; what runs is not affected.</summary>
    public const int NotAvailable = 50;

    /// <summary>A defect, or the kernel refused.</summary>
    public const int Internal = 100;
    public const int AlreadyExists = 101;

    /// <summary>An address, a port, a MAC or an interface name is taken.</summary>
    public const int Conflict = 102;

    /// <summary>No address, port or slot is left.</summary>
    public const int Exhausted = 103;

    /// <summary>This host or release cannot do it.</summary>
    public const int Unsupported = 104;

    /// <summary>CHECK: something is not as ADD left it.</summary>
    public const int Differs = 105;

    /// <summary>The code for what the daemon answered.</summary>
    public static int Of(FairwayException answer) => answer switch
    {
        { Kind: ErrorKind.NotFound, HcnCode: HcnErrorCode.NetworkNotFound } => InvalidConfiguration,
        { Kind: ErrorKind.NotFound } => UnknownContainer,
        { Kind: ErrorKind.AlreadyExists } => AlreadyExists,
        { Kind: ErrorKind.InvalidArgument } => InvalidConfiguration,
        { Kind: ErrorKind.Conflict } => Conflict,
        { Kind: ErrorKind.Exhausted } => Exhausted,
        { Kind: ErrorKind.Unsupported } => Unsupported,
        { Kind: ErrorKind.Unavailable } => TryAgainLater,
        _ => Internal,
    };
}
