namespace Fairway.Linux.Netlink;

/// <summary>A request of a batch that the kernel refused.</summary>
/// <param name="Index">Position in the batch, from 0.</param>
/// <param name="Error">Why.</param>
public readonly record struct BatchFailure(int Index, LinuxException Error);
