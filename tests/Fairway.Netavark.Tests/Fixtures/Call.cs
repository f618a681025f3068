using System.Text;
using System.Text.Json;
using Fairway.Client;
using Fairway.Netavark.CommandLine;

namespace Fairway.Netavark.Tests.Fixtures;

/// <summary>One call of the program inside the test's process.</summary>
internal sealed record Call(int Code, string Out, string Log)
{
    public static async Task<Call> Async(FakeDaemon daemon, string request, params string[] words) => await Async(daemon.SocketPath, Encoding.UTF8.GetBytes(request), words);

    public static async Task<Call> WithoutDaemonAsync(string request, params string[] words) =>
        await Async("/nonexistent/fairway.sock", Encoding.UTF8.GetBytes(request), words);

    public static async Task<Call> Async(string socket, byte[] request, params string[] words)
    {
        using var client = new FairwayClient(new FairwayClientOptions { SocketPath = socket });
        using var output = new MemoryStream();
        var log = new StringWriter();
        var code = await NetavarkProgram.RunAsync(words, new Streams(new MemoryStream(request), output, log), client, TimeProvider.System);
        return new Call(code, Encoding.UTF8.GetString(output.ToArray()), log.ToString());
    }

    /// <summary>Asserts success and answers what was printed.</summary>
    public JsonElement Succeeded()
    {
        Assert.True(Code == 0, Out);
        return Out.Length == 0 ? default : JsonDocument.Parse(Out).RootElement;
    }

    /// <summary>Asserts netavark's error form, and nothing but it, and answers what was said.</summary>
    public string Failed(int code = 1)
    {
        Assert.True(Code == code, $"exit code {Code}, not {code}: {Out}");
        var members = JsonDocument.Parse(Out).RootElement.EnumerateObject().ToList();
        Assert.Equal("error", Assert.Single(members).Name);
        return members[0].Value.GetString()!;
    }
}
