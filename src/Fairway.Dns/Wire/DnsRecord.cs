namespace Fairway.Dns.Wire;

/// <summary>A record by its place in the message; its owner's name and data are not copied.</summary>
/// <param name="Type">Type.</param>
/// <param name="Class">Class; of an OPT record the sender's UDP payload size.</param>
/// <param name="Ttl">Seconds; of an OPT record the extended code, version and flags.</param>
/// <param name="TtlOffset">Where the TTL stands.</param>
/// <param name="IsRoot">Whether the owner is the root, as that of an OPT record must be.</param>
/// <param name="Data">The record's data.</param>
internal readonly record struct DnsRecord(RecordType Type, ushort Class, uint Ttl, int TtlOffset, bool IsRoot, Range Data);
