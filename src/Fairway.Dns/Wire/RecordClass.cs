namespace Fairway.Dns.Wire;

internal enum RecordClass : ushort
{
    Internet = 1,
}
