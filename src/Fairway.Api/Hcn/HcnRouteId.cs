using Fairway.Model.Errors;

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

    private static string Text(HttpContext context) => (string)context.GetRouteValue("id")!;
}
