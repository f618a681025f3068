namespace Fairway.Api.Http;

/// <summary>What the OpenAPI document says about a route.</summary>
/// <param name="Summary">What it does, one sentence.</param>
/// <param name="Takes">Type of the request document, or null for none.</param>
/// <param name="Gives">Type of the answer, or null for none.</param>
/// <param name="Status">HTTP status of success.</param>
/// <param name="ContentType">Media type of the answer.</param>
/// <param name="Query">Query parameters: name and what they mean.</param>
internal sealed record RouteDocument(string Summary, Type? Takes, Type? Gives, int Status, string ContentType, IReadOnlyDictionary<string, string> Query);
