using System.Text.Json.Nodes;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;

namespace Fairway.Cni.Tests.Configuration;

/// <summary>The configuration list people copy is one the plugin takes.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void ExampleList_IsRead()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fairway.slnx")))
            folder = folder.Parent!;
        var list = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "examples/cni/10-fairway.conflist")))!;
        // What libcni makes of an entry of a list.
        var plugin = list["plugins"]![0]!;
        plugin["name"] = (string)list["name"]!;
        plugin["cniVersion"] = (string)list["cniVersion"]!;

        var configuration = ConfigurationReader.Read(System.Text.Json.JsonSerializer.SerializeToElement(plugin), CniVersion.Find((string)list["cniVersion"]!)!, CniCommand.Add);

        Assert.Equal(2, configuration.Shape.Subnets.Length);
    }
}
