using Fairway.Model.Endpoints;

namespace Fairway.Model.Attach;

/// <summary>Undoes an attach. Absence is success.</summary>
/// <param name="Owner">The owner that attached; Engine and Id are compared.</param>
/// <param name="InterfaceName">The interface, or null for all of the owner's.</param>
/// <param name="Network">Name or id of the network, or null for all; a network that does not exist has nothing to detach from.</param>
public sealed record DetachRequest(Owner Owner, string? InterfaceName = null, string? Network = null);
