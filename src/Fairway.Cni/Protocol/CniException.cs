namespace Fairway.Cni.Protocol;

/// <summary>A request that is answered with an error result.</summary>
internal sealed class CniException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="CniErrorCode"/>.</summary>
    public int Code { get; } = code;
}
