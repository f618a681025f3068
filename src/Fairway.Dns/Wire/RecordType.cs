namespace Fairway.Dns.Wire;

/// <summary>The record types the resolver treats by name; all others pass through as numbers.</summary>
internal enum RecordType : ushort
{
    A = 1,
    Ns = 2,
    Soa = 6,
    Ptr = 12,
    Aaaa = 28,
    Opt = 41,
    Ds = 43,
    DnsKey = 48,
    Ixfr = 251,
    Axfr = 252,
}
