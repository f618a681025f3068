using System.Collections.Immutable;

namespace Fairway.Model.Errors;

/// <summary>An answer other than success, carried inside the process; the edges map it to HTTP, CNI and exit codes.</summary>
public sealed class FairwayException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">How the caller can react.</param>
    /// <param name="subject">The object in question, e.g. <c>network 'web'</c>.</param>
    /// <param name="message">Operation, object in quotes, cause, remedy.</param>
    /// <param name="hcnCode">The HCN_E_* HRESULT when a more exact one than the kind's default fits.</param>
    /// <param name="inner">The cause.</param>
    public FairwayException(ErrorKind kind, string subject, string message, uint? hcnCode = null, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Subject = subject;
        HcnCode = hcnCode;
    }

    /// <summary>How the caller can react.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The object in question.</summary>
    public string Subject { get; }

    /// <summary>An exact HCN code, or null for the kind's default.</summary>
    public uint? HcnCode { get; }

    /// <summary>All findings when validation failed.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}
