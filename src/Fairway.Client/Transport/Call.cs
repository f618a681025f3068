namespace Fairway.Client.Transport;

/// <summary>One request: what goes over the wire, and the words for it when it fails.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, escaped.</param>
/// <param name="Verb">What is tried, e.g. <c>create</c>.</param>
/// <param name="Subject">What it is tried on, e.g. <c>network 'web'</c>.</param>
/// <param name="Body">UTF-8 JSON, or null.</param>
internal readonly record struct Call(HttpMethod Method, string Path, string Verb, string Subject, byte[]? Body = null)
{
    public string Operation => $"{Verb} {Subject}";
}
