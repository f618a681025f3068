using System.Net;
using System.Net.Sockets;

namespace Fairway.Model.Ports;

/// <summary>When two publications claim the same host port.</summary>
public static class PublicationOverlap
{
    extension(PortPublication publication)
    {
        /// <summary>Last host port of the range.</summary>
        public int LastHostPort => publication.HostPort + publication.Count - 1;

        /// <summary>Last port of the endpoint.</summary>
        public int LastContainerPort => publication.ContainerPort + publication.Count - 1;

        /// <summary>True when both lead the same host ports to the same ports for the same sources. Records compare arrays by reference.</summary>
        public bool IsSame(PortPublication other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return publication.Protocol == other.Protocol && Equals(publication.HostAddress, other.HostAddress) && publication.HostPort == other.HostPort
                && publication.ContainerPort == other.ContainerPort && publication.Count == other.Count && publication.IsRouted == other.IsRouted && publication.From.SequenceEqual(other.From);
        }

        /// <summary>
        /// True when both claim a host port of one protocol on one address. No address and the unspecified ones stand for all
        /// addresses of their families, so they overlap with each single one, as sockets do. Host port 0 claims nothing yet.
        /// </summary>
        public bool Overlaps(PortPublication other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return publication.Protocol == other.Protocol
                && publication.HostPort != 0 && other.HostPort != 0
                && publication.HostPort <= other.LastHostPort && other.HostPort <= publication.LastHostPort
                && SameAddress(publication.HostAddress, other.HostAddress);
        }
    }

    private static bool SameAddress(IPAddress? one, IPAddress? other)
    {
        if (one is null || other is null) return true;
        if (one.AddressFamily != other.AddressFamily) return false;
        var unspecified = one.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        return one.Equals(other) || one.Equals(unspecified) || other.Equals(unspecified);
    }
}
