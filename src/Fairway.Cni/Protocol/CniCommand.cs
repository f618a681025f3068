namespace Fairway.Cni.Protocol;

/// <summary>What the runtime asks for (<c>CNI_COMMAND</c>).</summary>
internal enum CniCommand
{
    Add,
    Del,
    Check,
    Gc,
    Status,
    Version,
}
