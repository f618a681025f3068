namespace Fairway.Model.Changes;

/// <summary>One entry of the change stream.</summary>
/// <param name="Revision">Store revision that holds it.</param>
/// <param name="Resource">Kind of resource.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">The resource.</param>
/// <param name="Name">Its name, or null.</param>
public sealed record Change(long Revision, ResourceKind Resource, ChangeKind Kind, Guid Id, string? Name);
