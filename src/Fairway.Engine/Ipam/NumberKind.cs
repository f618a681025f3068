namespace Fairway.Engine.Ipam;

/// <summary>What numbers are given to.</summary>
internal enum NumberKind
{
    /// <summary>Endpoints: port numbers of the switch.</summary>
    Port,
    /// <summary>Networks.</summary>
    Network,
    /// <summary>Publications, one for each family.</summary>
    Publication,
    /// <summary>Namespaces: compartment numbers.</summary>
    Compartment,
}
