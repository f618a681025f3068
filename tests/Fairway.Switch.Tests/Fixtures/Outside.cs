using System.Net;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>Hosts elsewhere.</summary>
internal static class Outside
{
    /// <summary>Behind the default routes.</summary>
    public static IPAddress Server(bool version6) => IPAddress.Parse(version6 ? "2001:db8:99::1" : "9.9.9.9");

    public static IPAddress OtherServer(bool version6) => IPAddress.Parse(version6 ? "2001:db8:99::2" : "9.9.9.10");

    /// <summary>Somebody who calls from outside.</summary>
    public static IPAddress Client(bool version6) => IPAddress.Parse(version6 ? "2001:db8:88::7" : "8.8.4.4");

    /// <summary>On the way, and not an end of any connection.</summary>
    public static IPAddress Router(bool version6) => IPAddress.Parse(version6 ? "2001:db8:77::1" : "5.5.5.5");

    /// <summary>Behind the bare uplink. Bytes 12 and 13 of its packets say what an ether type would.</summary>
    public static IPAddress BareClient(bool version6) => IPAddress.Parse(version6 ? "2001:db8:86dd::5" : "8.0.0.5");
}
