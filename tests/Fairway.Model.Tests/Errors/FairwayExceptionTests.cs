using Fairway.Model.Errors;

namespace Fairway.Model.Tests.Errors;

public sealed class FairwayExceptionTests
{
    [Fact]
    public void FromFindings_SaysAllOfThem_AndTakesTheFirstCode()
    {
        var error = FairwayException.FromFindings("create network 'web'", "network 'web'",
            [new Finding("$.Mtu", "too small"), new Finding("$.Name", "wrong", HcnErrorCode.InvalidNetwork)]);

        Assert.Equal("create network 'web': $.Mtu: too small; $.Name: wrong", error.Message);
        Assert.Equal((ErrorKind.InvalidArgument, "network 'web'", HcnErrorCode.InvalidNetwork), (error.Kind, error.Subject, error.HcnCode));
        Assert.Equal(2, error.Findings.Length);
    }

    [Fact]
    public void FromFindings_OfUnsupportedRequestsOnly_IsUnsupported()
    {
        var unsupported = new Finding("$.Flags", "not in this release", HcnErrorCode.RequestUnsupported);

        Assert.Equal(ErrorKind.Unsupported, FairwayException.FromFindings("a", "b", [unsupported]).Kind);
        Assert.Equal(ErrorKind.InvalidArgument, FairwayException.FromFindings("a", "b", [unsupported, new Finding("$", "x")]).Kind);
    }

    [Fact]
    public void ThrowIfAny_WithoutFindings_DoesNothing() => FairwayException.ThrowIfAny("a", "b", []);

    [Fact]
    public void HcnErrorCode_OfTheReferencesErrorRecord_IsTheDocumentedNumber() => Assert.Equal(2151350319u, HcnErrorCode.AddressInvalidOrReserved);

    [Fact]
    public void ForKind_KnowsEveryKind() =>
        Assert.All(Enum.GetValues<ErrorKind>(), kind => Assert.True((HcnErrorCode.ForKind(kind) & 0x80000000) != 0));
}
