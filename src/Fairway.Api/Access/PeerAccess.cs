namespace Fairway.Api.Access;

/// <summary>Who may use the API: root, and members of one group. The API is root-equivalent, so there is no lesser right to give.</summary>
/// <param name="GroupName">The group's name, for messages.</param>
/// <param name="GroupId">Its number, or null when the host has no such group.</param>
public sealed record PeerAccess(string GroupName, uint? GroupId)
{
    public bool Allows(Peer peer) => peer.UserId == 0 || GroupId is { } group && peer.Groups.Contains(group);

    /// <summary>Why a peer was refused and what would admit it.</summary>
    public string Refusal(Peer peer) => GroupId is null
        ? $"{peer} is not root; only root may use this API as long as the host has no group '{GroupName}' (groupadd --system {GroupName}, then restart the daemon)"
        : $"{peer} is neither root nor a member of group '{GroupName}'; add the user to it (usermod --append --groups {GroupName} USER) and log in again";
}
