namespace Fairway.Api.Docker.Wire;

/// <summary>An interface's addresses with prefix lengths, and its MAC. In an answer only what was empty in the request; anything else is an error.</summary>
internal sealed record EndpointInterface(string? Address = null, string? AddressIPv6 = null, string? MacAddress = null);
