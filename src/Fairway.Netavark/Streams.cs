namespace Fairway.Netavark;

/// <summary>What the process was given: the request comes in, the answer goes out, and remarks go to <paramref name="Log"/>.</summary>
internal sealed record Streams(Stream Input, Stream Output, TextWriter Log);
