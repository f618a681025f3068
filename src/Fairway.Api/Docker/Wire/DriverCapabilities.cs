namespace Fairway.Api.Docker.Wire;

/// <summary>Where networks of the driver are known, and who they connect.</summary>
internal sealed record DriverCapabilities(string Scope, string ConnectivityScope);
