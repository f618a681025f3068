namespace Fairway.Api.Http;

/// <summary>Describes a route where it is mapped.</summary>
internal static class RouteDocumentExtensions
{
    private const string Json = "application/json";

    /// <summary>A route that answers a document, with status 200 unless said otherwise.</summary>
    public static IEndpointConventionBuilder Gives<T>(this IEndpointConventionBuilder route, string summary, int status = StatusCodes.Status200OK,
        string contentType = Json, params (string Name, string Meaning)[] query) =>
        route.WithMetadata(new RouteDocument(summary, null, typeof(T), status, contentType, query.ToDictionary(pair => pair.Name, pair => pair.Meaning)));

    /// <summary>A route that takes one document and answers another.</summary>
    public static IEndpointConventionBuilder Turns<TRequest, TAnswer>(this IEndpointConventionBuilder route, string summary, int status = StatusCodes.Status200OK) =>
        route.WithMetadata(new RouteDocument(summary, typeof(TRequest), typeof(TAnswer), status, Json, NoQuery));

    /// <summary>A route that takes a document and answers 204.</summary>
    public static IEndpointConventionBuilder Takes<TRequest>(this IEndpointConventionBuilder route, string summary) =>
        route.WithMetadata(new RouteDocument(summary, typeof(TRequest), null, StatusCodes.Status204NoContent, Json, NoQuery));

    /// <summary>A route that answers 204.</summary>
    public static IEndpointConventionBuilder Does(this IEndpointConventionBuilder route, string summary) =>
        route.WithMetadata(new RouteDocument(summary, null, null, StatusCodes.Status204NoContent, Json, NoQuery));

    private static IReadOnlyDictionary<string, string> NoQuery { get; } = new Dictionary<string, string>();
}
