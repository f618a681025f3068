namespace Fairway.Cli.Doctor;

/// <summary>Something of an instance that exists in the kernel.</summary>
/// <param name="Kind"><c>link</c>, <c>namespace</c> or <c>pin directory</c>.</param>
/// <param name="Name">Its name or path.</param>
/// <param name="Resource">Kind of the resource it was made for, as its mark says: <c>endpoint</c>, <c>network</c>, <c>resolver</c>, <c>tunnel</c>; null where there is no mark.</param>
/// <param name="Id">That resource's id, or null.</param>
internal sealed record KernelObject(string Kind, string Name, string? Resource = null, Guid? Id = null);
