using Fairway.Cli.Capture;
using Fairway.Linux.Capture;

namespace Fairway.Cli.Tests.Capture;

public sealed class PcapWriterTests
{
    [Fact]
    public void File_HasTheBytesOfTheFormat()
    {
        var stream = new MemoryStream();
        var writer = new PcapWriter(stream);
        writer.WriteHeader(262144);
        writer.Write(new CapturedPacket { Data = [1, 2, 3], OriginalLength = 60, Timestamp = 1_700_000_000_123_456_789, IsOutgoing = false });
        Assert.Equal(
            "4D3CB2A1" + "0200" + "0400" + "00000000" + "00000000" + "00000400" + "01000000"
            + "00F15365" + "15CD5B07" + "03000000" + "3C000000" + "010203",
            Convert.ToHexString(stream.ToArray()));
    }
}
