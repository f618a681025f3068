namespace Fairway.Api.Docker.Wire;

/// <summary>Names of the spaces Docker asks pools of.</summary>
internal sealed record AddressSpaces(string LocalDefaultAddressSpace, string GlobalDefaultAddressSpace);
