namespace Fairway.Model.Changes;

/// <summary>What happened to a resource.</summary>
public enum ChangeKind
{
    /// <summary>It came to be.</summary>
    Created,
    /// <summary>It changed.</summary>
    Modified,
    /// <summary>It is gone.</summary>
    Deleted,
    /// <summary>An endpoint entered a namespace.</summary>
    Attached,
    /// <summary>An endpoint left its namespace.</summary>
    Detached,
    /// <summary>Somebody else had changed what it is in the kernel; it was put back.</summary>
    Repaired,
}
