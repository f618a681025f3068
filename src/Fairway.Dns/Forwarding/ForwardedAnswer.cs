namespace Fairway.Dns.Forwarding;

/// <summary>What the outside said: an upstream's message, or why there is none.</summary>
/// <param name="Message">The message, with the id of nobody in particular.</param>
/// <param name="Failure">The cause, for people, when there is no message.</param>
internal sealed record ForwardedAnswer(byte[]? Message, string? Failure)
{
    public static ForwardedAnswer Of(byte[] message) => new(message, null);

    public static ForwardedAnswer Failed(string cause) => new(null, cause);
}
