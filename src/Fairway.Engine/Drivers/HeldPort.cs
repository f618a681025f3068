namespace Fairway.Engine.Drivers;

/// <summary>A host port that a process of the host has.</summary>
/// <param name="Port">The port.</param>
/// <param name="Holder">The process, as <c>'nginx' (pid 12)</c>.</param>
public sealed record HeldPort(ushort Port, string Holder);
