namespace Fairway.Model.Endpoints;

/// <summary>
/// The NIC of a virtual machine: the endpoint is a tap device of the host, in no namespace, which the machine's hypervisor opens. The
/// endpoint's interface name is the tap's.
/// </summary>
public sealed record VirtualNic
{
    /// <summary>Number of the user who may open the tap besides root; null for nobody else, unless there is a group.</summary>
    public uint? User { get; init; }
    /// <summary>Number of the group whose members may open it; beside a user, who opens it has to be both.</summary>
    public uint? Group { get; init; }
    /// <summary>True for a tap that is opened several times, with a queue each; a hypervisor asked for one queue then has to say so.</summary>
    public bool MultiQueue { get; init; }
}
