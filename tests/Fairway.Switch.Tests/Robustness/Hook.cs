namespace Fairway.Switch.Tests.Robustness;

/// <summary>Which program sees a frame.</summary>
internal enum Hook
{
    FromEndpoint,
    FromUplink,
    ToEndpoints,
}
