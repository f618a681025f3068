namespace Fairway.Api.Docker.Wire;

/// <summary>The link in the host's namespace, and the prefix Docker numbers to name it inside.</summary>
internal sealed record JoinInterface(string SrcName, string DstPrefix);
