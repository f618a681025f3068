namespace Fairway.Model.Networks;

/// <summary>A stored network: what was asked, completed (id, subnets, gateways), and the revision that holds it.</summary>
/// <param name="Spec">The completed spec.</param>
/// <param name="Number">Dense number the switch knows it by, from 1; never reused while flows of it may live.</param>
/// <param name="Mtu">The MTU in force.</param>
/// <param name="Revision">Store revision of the last change.</param>
public sealed record Network(NetworkSpec Spec, uint Number, int Mtu, long Revision);
