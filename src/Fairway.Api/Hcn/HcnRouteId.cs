using Fairway.Model.Errors;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Api.Hcn;

/// <summary>The <c>{id}</c> of a path. Clients compare the sentences: they are those of hcsshim's errors.</summary>
internal static class HcnRouteId
{
    public static Guid Of(HttpContext context, string kind)
    {
        var text = Text(context);
        return Guid.TryParseExact(text, "D", out var id)
            ? id
            : throw new FairwayException(ErrorKind.InvalidArgument, $"{kind} '{text}'", $"invalid {kind} ID: '{text}' is not a GUID", HcnErrorCode.GuidConversionFailure);
    }

    /// <summary>The answer when nothing has the id: <c>Network ID "X" not found</c>, with X as the client wrote it.</summary>
    public static FairwayException NotFound(HttpContext context, string kind, uint code) =>
        new(ErrorKind.NotFound, $"{kind} '{Text(context)}'", $"{char.ToUpperInvariant(kind[0])}{kind[1..]} ID \"{Text(context)}\" not found", code);

    /// <summary>Refuses a document that replaces a resource and names another one.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="known">The id of the path.</param>
    /// <param name="given">The id of the document; empty when it has none.</param>
    public static void RequireSame(string kind, Guid known, Guid given)
    {
        if (given == Guid.Empty || given == known)
            return;
        var message = $"the document is of {kind} '{HcnId.Format(given)}', not of '{HcnId.Format(known)}'; give that id or none";
        throw new FairwayException(ErrorKind.InvalidArgument, kind, message, HcnErrorCode.GuidConversionFailure)
        {
            Findings = [new Finding("$.ID", message, HcnErrorCode.GuidConversionFailure)],
        };
    }

    private static string Text(HttpContext context) => (string)context.GetRouteValue("id")!;
}
