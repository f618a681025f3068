namespace Fairway.Dataplane.Links;

/// <summary>Both ends of a veth pair, by their indices: each counts in its own namespace.</summary>
internal readonly record struct VethEnds(int Host, int Inside);
