namespace Fairway.Cli.Output.Documents;

/// <summary>An end of a packet's way. <c>Kind</c> is Endpoint, RemoteEndpoint, Resolver, Host or Outside.</summary>
internal sealed record ExplainEndDocument(string Kind, string? Name, string? Network, Guid? Id, string? Address);
