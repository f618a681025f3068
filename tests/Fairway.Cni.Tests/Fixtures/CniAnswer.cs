using System.Text.Json.Nodes;

namespace Fairway.Cni.Tests.Fixtures;

/// <summary>What came back.</summary>
internal sealed record CniAnswer(int ExitCode, string Output, IReadOnlyList<string> Log)
{
    /// <summary>The result's document.</summary>
    public JsonNode Document => JsonNode.Parse(Output)!;

    /// <summary>Addresses of the result, in order.</summary>
    public IEnumerable<string> Addresses => Document["ips"]!.AsArray().Select(ip => (string)ip!["address"]!);

    /// <summary>The answer of a call that succeeded.</summary>
    public CniAnswer Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    /// <summary>Checks that an error result with this code came back, and nothing else.</summary>
    /// <returns>Its message.</returns>
    public string Fails(int code)
    {
        Assert.True(ExitCode == 1, $"exit code {ExitCode}: {Output}");
        Assert.True((int)Document["code"]! == code, Output);
        Assert.NotNull((string?)Document["cniVersion"]);
        var message = (string)Document["msg"]!;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
