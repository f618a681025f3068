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

    /// <summary>The exception for a request with findings; its message says all of them.</summary>
    /// <param name="operation">What was asked, e.g. <c>create network 'web'</c>.</param>
    /// <param name="subject">The object in question, e.g. <c>network 'web'</c>.</param>
    /// <param name="findings">At least one.</param>
    public static FairwayException FromFindings(string operation, string subject, ImmutableArray<Finding> findings)
    {
        ArgumentOutOfRangeException.ThrowIfZero(findings.Length, nameof(findings));
        var kind = findings.All(finding => finding.HcnCode == HcnErrorCode.RequestUnsupported) ? ErrorKind.Unsupported : ErrorKind.InvalidArgument;
        var message = $"{operation}: {string.Join("; ", findings.Select(finding => $"{finding.Path}: {finding.Message}"))}";
        return new FairwayException(kind, subject, message, findings.FirstOrDefault(finding => finding.HcnCode is not null)?.HcnCode) { Findings = findings };
    }

    /// <summary>Throws <see cref="FromFindings"/> when there is a finding.</summary>
    /// <inheritdoc cref="FromFindings"/>
    /// <exception cref="FairwayException">There is a finding.</exception>
    public static void ThrowIfAny(string operation, string subject, ImmutableArray<Finding> findings)
    {
        if (findings is not []) throw FromFindings(operation, subject, findings);
    }
}
