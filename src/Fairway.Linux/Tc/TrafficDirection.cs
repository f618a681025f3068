namespace Fairway.Linux.Tc;

/// <summary>On which side of a link a filter stands, as the link sees it.</summary>
public enum TrafficDirection
{
    /// <summary>Packets the link receives.</summary>
    Ingress,

    /// <summary>Packets sent by the link.</summary>
    Egress,
}
