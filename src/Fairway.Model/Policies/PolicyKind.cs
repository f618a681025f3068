namespace Fairway.Model.Policies;

/// <summary>Which policy an access rule is part of, spelled as HCN spells it.</summary>
public enum PolicyKind
{
    /// <summary>A rule of the network, for all of its endpoints: the first tier.</summary>
    NetworkAcl,
    /// <summary>A rule of a tier of the endpoint.</summary>
    TierAcl,
    /// <summary>A rule of the endpoint: the last tier.</summary>
    Acl,
}
