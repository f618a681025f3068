namespace Fairway.Linux.Events;

/// <summary>One change of a namespace's network configuration, whoever made it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">
/// What it happened to: a <see cref="Routing.Link"/>, <see cref="Routing.InterfaceAddress"/>, <see cref="Routing.Route"/>, <see cref="Routing.RoutingRule"/>,
/// <see cref="Routing.Neighbour"/>, <see cref="Tc.Qdisc"/> or <see cref="Tc.TcFilter"/>; null when events were lost.
/// </param>
public sealed record RouteEvent(RouteEventKind Kind, object? Subject)
{
    /// <summary>The event that stands for lost ones.</summary>
    public static RouteEvent Lost { get; } = new(RouteEventKind.Lost, null);
}
