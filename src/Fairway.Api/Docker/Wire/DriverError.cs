namespace Fairway.Api.Docker.Wire;

/// <summary>The error form of the network driver, and of the plugin protocol below it: <c>{"Err":"..."}</c>.</summary>
internal sealed record DriverError(string Err);
