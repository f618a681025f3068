namespace Fairway.Dns.Wire;

/// <summary>RCODE: four bits in the header, eight more in an OPT record.</summary>
internal enum ResponseCode : ushort
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
}
