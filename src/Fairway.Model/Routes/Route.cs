namespace Fairway.Model.Routes;

/// <summary>A stored route.</summary>
/// <param name="Spec">The completed spec.</param>
/// <param name="Revision">Store revision of the last change.</param>
public sealed record Route(RouteSpec Spec, long Revision);
