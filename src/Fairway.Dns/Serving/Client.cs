using System.Net;

namespace Fairway.Dns.Serving;

/// <summary>Who asks: networks may overlap, so an address alone is nobody.</summary>
internal readonly record struct Client(uint Network, IPAddress Address);
