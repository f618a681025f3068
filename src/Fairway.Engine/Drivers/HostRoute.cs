using System.Net;

namespace Fairway.Engine.Drivers;

/// <summary>How the host would route a packet.</summary>
/// <param name="Link">Name of the device it leaves by.</param>
/// <param name="IsUplink">Whether that device leads outside, as far as the switch is concerned.</param>
/// <param name="NextHop">The router, or null when the destination is on the link.</param>
/// <param name="Source">What a packet of the host itself would carry as its source, or null.</param>
/// <param name="TranslatedSource">What translated packets carry there, or null when the device has no address of the family.</param>
/// <param name="Mtu">The device's MTU in bytes.</param>
public sealed record HostRoute(string Link, bool IsUplink, IPAddress? NextHop, IPAddress? Source, IPAddress? TranslatedSource, int Mtu);
