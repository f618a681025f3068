namespace Fairway.Api.Http;

/// <summary>The <c>{reference}</c> of a path: a name, an id, an id prefix, <c>network/name</c> or a namespace's path.</summary>
internal static class RouteReference
{
    public const string Name = "reference";

    /// <summary>Routing leaves %2F as it is, because a slash would end the segment; no name contains a percent sign.</summary>
    public static string Of(HttpContext context) =>
        ((string)context.GetRouteValue(Name)!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
