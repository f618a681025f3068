namespace Fairway.Cni.Configuration;

/// <summary>What an MTU can be at all; the daemon knows what this network's can be.</summary>
internal static class NetworkMtu
{
    public const int Lowest = 576;
    public const int Highest = 65535;
}
