namespace Fairway.Api.Docker.Wire;

/// <summary>Success with nothing to say, or a request without members: <c>{}</c>.</summary>
internal sealed record Nothing
{
    public static Nothing Said { get; } = new();
}
