using System.Diagnostics.CodeAnalysis;

namespace Fairway.Linux.Netlink;

/// <summary>Turns a message into an object.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="message">A message of the answer; valid during the call only.</param>
/// <param name="item">The object, when the message describes one.</param>
/// <returns>False to pass over the message.</returns>
public delegate bool NetlinkParser<T>(in NetlinkMessage message, [MaybeNullWhen(false)] out T item);
