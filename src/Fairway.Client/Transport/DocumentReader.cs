namespace Fairway.Client.Transport;

/// <summary>Reads a document from UTF-8.</summary>
internal delegate T DocumentReader<out T>(ReadOnlySpan<byte> json);
