namespace Fairway.Client.Direct;

/// <summary>What the daemon answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body, UTF-8 JSON; empty when there is none.</param>
internal readonly record struct DirectAnswer(int Status, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
