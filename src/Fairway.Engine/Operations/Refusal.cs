using Fairway.Model.Errors;

namespace Fairway.Engine.Operations;

/// <summary>Answers that name the field at fault.</summary>
internal static class Refusal
{
    /// <param name="path">JSON path of the field.</param>
    /// <param name="kind">How the caller can react.</param>
    /// <param name="subject">The object in question.</param>
    /// <param name="message">Object, cause, remedy.</param>
    /// <param name="hcnCode">The HCN code that fits best, or null.</param>
    public static FairwayException At(string path, ErrorKind kind, string subject, string message, uint? hcnCode = null) =>
        new(kind, subject, message, hcnCode) { Findings = [new Finding(path, message, hcnCode)] };

    /// <summary>Asks the host something; what a driver throws becomes an answer.</summary>
    public static T Ask<T>(string operation, string subject, Func<T> question)
    {
        try
        {
            return question();
        }
        catch (Exception problem) when (problem is not FairwayException)
        {
            throw Explain(operation, subject, problem);
        }
    }

    /// <summary>What a driver threw, as an answer: the operation in front of what the kernel said.</summary>
    public static FairwayException Explain(string operation, string subject, Exception problem) => problem is FairwayException known
        ? new FairwayException(known.Kind, subject, $"{operation}: {known.Message}", known.HcnCode, known) { Findings = known.Findings }
        : new FairwayException(ErrorKind.Internal, subject, $"{operation}: {problem.Message}", inner: problem);
}
