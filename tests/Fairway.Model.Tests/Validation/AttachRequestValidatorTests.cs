using System.Net;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Validation;

namespace Fairway.Model.Tests.Validation;

public sealed class AttachRequestValidatorTests
{
    private static readonly AttachRequest s_request = new() { Network = "web", NetnsPath = "/run/netns/c1" };

    public static TheoryData<AttachRequest, string> Wrong => new()
    {
        { s_request with { Bandwidth = new BandwidthLimits { IncomingRate = 10 } }, "$.Bandwidth.IncomingRate" },
        { s_request with { Bandwidth = new BandwidthLimits { OutgoingRate = long.MaxValue } }, "$.Bandwidth.OutgoingRate" },
        { s_request with { Bandwidth = new BandwidthLimits { IncomingRate = 1_000_000, IncomingBurst = -1 } }, "$.Bandwidth.IncomingBurst" },
        { s_request with { Bandwidth = new BandwidthLimits { OutgoingBurst = 80_000 } }, "$.Bandwidth.OutgoingBurst" },
        { s_request with { Routes = [new EndpointRoute(IPNetwork.Parse("0.0.0.0/0"))] }, "$.Routes[0]" },
        { s_request with { Routes = [new EndpointRoute(IPNetwork.Parse("10.9.0.0/16")), new EndpointRoute(IPNetwork.Parse("10.9.0.0/16"))] }, "$.Routes[1]" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Member_ThatIsWrong_IsNamed(AttachRequest request, string path) => Assert.Equal(path, Assert.Single(AttachRequestValidator.Validate(request)).Path);

    [Fact]
    public void Request_WithLimitsAndRoutes_IsRight() => Assert.Empty(AttachRequestValidator.Validate(s_request with
    {
        Bandwidth = new BandwidthLimits { IncomingRate = 1_000_000, OutgoingRate = 1_000, OutgoingBurst = 0 },
        Routes = [new EndpointRoute(IPNetwork.Parse("10.9.0.0/16")), new EndpointRoute(IPNetwork.Parse("10.9.0.0/16"), 7)],
    }));
}
