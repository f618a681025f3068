using System.Text;
using Fairway.Netavark.Translation;

namespace Fairway.Netavark.Tests.Translation;

public sealed class PodmanStorageTests
{
    private const string Containers = """
        [
          {"id": "a1", "names": ["c1"], "image": "9f3c", "metadata": "{\"image-name\":\"docker.io/library/busybox:latest\",\"name\":\"c1\"}"},
          {"id": "b2", "names": ["infra"], "metadata": "{\"image-name\":\"\",\"name\":\"infra\"}"},
          {"id": "c3"}
        ]
        """;

    [Theory]
    [InlineData("a1", "docker.io/library/busybox:latest")]
    [InlineData("b2", null)]
    [InlineData("c3", null)]
    [InlineData("d4", null)]
    public void Image_IsInTheMetadata(string container, string? image) => Assert.Equal(image, PodmanStorage.Find(Encoding.UTF8.GetBytes(Containers), container));

    [Fact]
    public void Container_NobodyKnows_HasNoImage() => Assert.Null(PodmanStorage.ImageOf("no-such-container"));
}
