namespace Fairway.Dns.Wire;

/// <summary>A message that breaks the format; the only exception reading one can throw.</summary>
internal sealed class DnsFormatException(string message) : Exception(message);
