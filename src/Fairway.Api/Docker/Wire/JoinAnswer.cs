namespace Fairway.Api.Docker.Wire;

/// <summary>
/// What Docker moves into the sandbox and how it leaves by it. Without a gateway and without DisableGatewayService Docker would add an interface
/// on <c>docker_gwbridge</c>.
/// </summary>
internal sealed record JoinAnswer(JoinInterface InterfaceName, string Gateway, string GatewayIPv6, bool DisableGatewayService);
