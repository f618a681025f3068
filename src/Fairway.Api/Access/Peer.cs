namespace Fairway.Api.Access;

/// <summary>The process at the other end of a connection, as the kernel saw it when it connected.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="UserId">Its effective user.</param>
/// <param name="Groups">Its effective group and all supplementary ones.</param>
public sealed record Peer(int ProcessId, uint UserId, IReadOnlyCollection<uint> Groups)
{
    /// <summary>Somebody on another host, whose certificate has been found good: it stands for root.</summary>
    public static Peer Certified { get; } = new(0, 0, []);

    public override string ToString() => $"user {UserId}, process {ProcessId}";
}
