namespace Fairway.Dns.Forwarding;

/// <summary>How asking one upstream once ended.</summary>
/// <param name="Message">Its answer, if it gave one.</param>
/// <param name="Cause">Why there is none.</param>
internal readonly record struct ExchangeResult(byte[]? Message, string? Cause)
{
    public static ExchangeResult Answered(byte[] message) => new(message, null);

    public static ExchangeResult Failed(string cause) => new(null, cause);
}
