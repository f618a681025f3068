namespace Fairway.Model.Errors;

/// <summary>What went wrong, in the eight ways a caller can react to.</summary>
public enum ErrorKind
{
    /// <summary>The subject does not exist.</summary>
    NotFound,
    /// <summary>The subject exists already.</summary>
    AlreadyExists,
    /// <summary>The request is malformed or contradicts itself.</summary>
    InvalidArgument,
    /// <summary>The request is right but something present is in its way.</summary>
    Conflict,
    /// <summary>No address, port or slot is left.</summary>
    Exhausted,
    /// <summary>This host or release cannot do it.</summary>
    Unsupported,
    /// <summary>Not now; try again.</summary>
    Unavailable,
    /// <summary>A defect, or the kernel refused.</summary>
    Internal,
}
