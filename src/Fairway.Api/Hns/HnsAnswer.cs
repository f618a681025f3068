using System.Text.Json;
using Fairway.Api.Errors;
using Fairway.Api.Hcn;
using Fairway.Api.Http;
using Fairway.Model.Hcn.V1;

namespace Fairway.Api.Hns;

/// <summary>Answers in the form <c>HNSCall</c> hands to its client: whether it worked, and what came of it.</summary>
internal static class HnsAnswer
{
    public const string Root = "/hns/v1";

    /// <summary>Whether a request is one of HNS, which gets every answer in this form.</summary>
    public static bool IsFor(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.Ordinal);

    public static Task WriteAsync<T>(HttpContext context, T output) => WriteAsync(context, StatusCodes.Status200OK, new HnsResponse { Success = true, Output = JsonSerializer.SerializeToElement(output, HcnAnswer.Contract<T>()) });

    /// <summary>Done, and there is no document to show.</summary>
    public static Task WriteDoneAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, new HnsResponse { Success = true });

    public static Task WriteErrorAsync(HttpContext context, ErrorAnswer answer) => WriteAsync(context, answer.Status, HnsResponse.Of(answer.Document));

    private static Task WriteAsync(HttpContext context, int status, HnsResponse response) => JsonAnswer.WriteAsync(context, status, response, HcnAnswer.Contract<HnsResponse>());
}
